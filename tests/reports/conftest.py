"""A small network whose corridors can be counted by hand."""

from collections.abc import Callable

import pytest

from companies.models import CooperationProfile
from tests import factories


@pytest.fixture
def firms(db) -> Callable[[str, int], list[CooperationProfile]]:
    """Published profiles of `number` new companies in a country, one each."""

    def make(country: str, number: int) -> list[CooperationProfile]:
        host = factories.host(country)
        return [factories.profile(factories.company(f"Firm {country}", host=host)) for _ in range(number)]

    return make
