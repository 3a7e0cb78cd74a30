"""Which firms count as the like of a firm."""

import pytest
from django.utils import timezone

from companies.models import Answer, Assessment
from companies.services.assessments.comparing import peers_of
from tests import factories
from tests.companies.assessments.sheets import firm, golden
from tests.standing_scenes import standing


@pytest.fixture
def assessed(polish_company):
    """Makes completed assessments of new firms of the same host."""

    def make(count, **values):
        given = {"stage": "active", "size_class": "SMALL"} | values
        for number in range(count):
            company = factories.company(f"Firm {number} {given}", host=polish_company.host)
            made = Assessment.objects.create(company=company, instrument_version=1, **given)
            Answer.objects.bulk_create(
                Answer(
                    assessment=made,
                    rater="broker",
                    area=one.area,
                    item=one.item,
                    value=one.value,
                    applies=one.applies,
                    evidence=one.evidence,
                    answered_at=timezone.now(),
                )
                for one in [*firm(3), *golden()]
            )
            Assessment.objects.filter(pk=made.pk).update(
                completed_at=timezone.now(), recommended_area="PRC", chosen_area="PRC"
            )

    return make


@standing
def own(polish_company):
    return Assessment.objects.create(
        company=polish_company, instrument_version=1, stage="active", size_class="SMALL"
    )


def test_five_other_firms_of_the_same_stage_and_size_are_enough(own, assessed):
    assessed(5)

    assert peers_of(own)["PRC"].count == 5


@pytest.mark.parametrize("other", [{"stage": "involved"}, {"size_class": "MICRO"}])
def test_firms_of_another_stage_or_size_do_not_count(own, assessed, other):
    assessed(4)
    assessed(1, **other)

    assert peers_of(own) == {}


def test_without_a_stage_nothing_is_compared(own, assessed):
    assessed(5)
    own.stage = ""

    assert peers_of(own) == {}
