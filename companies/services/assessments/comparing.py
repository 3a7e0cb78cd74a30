"""A firm beside its like (the same stage, size and version of the instrument), and beside what it was earlier."""

from collections import defaultdict
from collections.abc import Mapping

from companies.assessments.benchmark import Peers, benchmark
from companies.assessments.progress import Stand, stand_of
from companies.assessments.sheets import Answer as GivenAnswer
from companies.assessments.versions import instrument
from companies.choices import Rater
from companies.models import Answer, Assessment
from tibs.figures import SMALL_CELL

# The middle of so many says as much as that of all, and a page never reads more.
MOST_PEERS = 200
# The first assessment is where the firm began; of the others, the newest fit on a page.
MOST_EARLIER = 4


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
        .newest_of_each_company()
    )
    like = Assessment.objects.filter(pk__in=newest.values("pk")).newest_first()
    keys = list(like.values_list("pk", flat=True)[:MOST_PEERS])
    if len(keys) < SMALL_CELL:
        return {}
    asked = instrument(assessment.instrument_version)
    return benchmark(list(_answers_of(keys).values()), asked, at_least=SMALL_CELL)


def earlier_stands(assessment: Assessment) -> list[tuple[Assessment, Stand]]:
    """Where the firm stood at its earlier completed assessments, oldest first: T0 and the newest three. Two queries."""
    if assessment.company_id is None:
        return []
    before = Assessment.objects.completed().filter(company=assessment.company_id).exclude(pk=assessment.pk)
    if assessment.completed_at:
        before = before.filter(completed_at__lt=assessment.completed_at)
    found = list(before.newest_first().reverse())
    shown = found if len(found) <= MOST_EARLIER else [found[0], *found[1 - MOST_EARLIER :]]
    given = _answers_of([one.pk for one in shown]) if shown else {}
    return [(one, stand_of(given[one.pk], instrument(one.instrument_version))) for one in shown]


def _answers_of(keys: list[int]) -> defaultdict[int, list[GivenAnswer]]:
    """What the brokers of these assessments answered, by the assessment's key."""
    rows = Answer.objects.given().filter(assessment__in=keys, rater=Rater.BROKER)
    found = defaultdict[int, list[GivenAnswer]](list)
    given = rows.values_list("assessment", "area", "item", "value", "applies", "evidence")
    for key, area, item, value, applies, evidence in given:
        found[key].append(GivenAnswer(area, item, value, applies=applies, evidence=evidence))
    return found
