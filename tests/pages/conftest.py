"""What the tests of the public pages share."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from regions.models import Region
from tests import factories
from tests.standing_scenes import standing


@standing
def network():
    """Two countries on the map, with a host organisation and a broker each."""
    for column, (code, name) in enumerate([("PL", "Aleksandra Nowak"), ("FI", "Johanna Virtanen")]):
        factories.country(code)
        Region.objects.filter(country=code, level=2).update(map_x=column, map_y=0, partner_area=True)
        factories.broker(name, organisation=factories.host(code), languages=("en", code.lower()))


@pytest.fixture
def cost(client: Client) -> Callable[[str], int]:
    """How many database queries a page costs."""

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    return queries
