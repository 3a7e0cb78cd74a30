"""A firm beside its like: the same stage of work abroad, the same size, the same version of the instrument."""

from collections import defaultdict
from collections.abc import Mapping

from companies.assessments.benchmark import Peers, benchmark
from companies.assessments.sheets import Answer as GivenAnswer
from companies.assessments.versions import instrument
from companies.choices import Rater
from companies.models import Answer, Assessment
from tibs.figures import SMALL_CELL

# The middle of so many says as much as that of all, and a page never reads more.
MOST_PEERS = 200


def peers_of(assessment: Assessment) -> Mapping[str, Peers]:
    """By area, the middle of the newest completed assessments of other firms of the same stage and size.

    Empty where stage or size are not known; an area is missing where fewer than five other firms have a result. Of more
    than 200 such firms those count that were assessed last. Two queries.
    """
    if not (assessment.stage and assessment.size_class):
        return {}
    newest = (
        Assessment.objects.completed()
        .filter(
            stage=assessment.stage,
            size_class=assessment.size_class,
            instrument_version=assessment.instrument_version,
            company__merged_into=None,
            company__erased_at=None,
        )
        .exclude(company=assessment.company)
        .order_by("company", "-number", "-id")
        .distinct("company")
    )
    like = Assessment.objects.filter(pk__in=newest.values("pk")).order_by("-completed_at", "-pk")
    keys = list(like.values_list("pk", flat=True)[:MOST_PEERS])
    if len(keys) < SMALL_CELL:
        return {}
    asked = instrument(assessment.instrument_version)
    return benchmark(_answers_of(keys), asked, at_least=SMALL_CELL)


def _answers_of(keys: list[int]) -> list[list[GivenAnswer]]:
    """What the brokers of these assessments answered, one list for each."""
    rows = Answer.objects.filter(assessment__in=keys, rater=Rater.BROKER)
    found: dict[int, list[GivenAnswer]] = defaultdict(list)
    given = rows.values_list("assessment", "area", "item", "value", "applies", "evidence")
    for key, area, item, value, applies, evidence in given:
        found[key].append(GivenAnswer(area, item, value, applies=applies, evidence=evidence))
    return list(found.values())
