"""Completed assessments of made-up firms, with the answers that a test gives."""

from collections.abc import Mapping

import pytest
from django.utils import timezone

from companies.models import Answer, Assessment
from tests import factories


@pytest.fixture
def assessed(db):
    """Makes `number` firms of a country, each with a completed assessment that recommends `area`.

    `given` maps (area, item) to a value, None for "do not know", "na" for "does not apply"; or is a function of the
    firm's number that returns such a map.
    """

    def make(number, country="PL", *, area="MKT", stage="active", given=(), sequence=0):
        host = factories.host(country)
        for place in range(number):
            made = Assessment.objects.create(
                company=factories.company(f"Firm {country} {place}", host=host),
                instrument_version=1,
                stage=stage,
                number=sequence,
            )
            answers: Mapping = dict(given(place) if callable(given) else given)
            Answer.objects.bulk_create(
                Answer(
                    assessment=made,
                    rater="broker",
                    area=where,
                    item=item,
                    value=None if value == "na" else value,
                    applies=value != "na",
                    answered_at=timezone.now(),
                )
                for (where, item), value in answers.items()
            )
            Assessment.objects.filter(pk=made.pk).update(completed_at=timezone.now(), recommended_area=area)

    return make
