"""A firm beside its like: the same stage of work abroad, the same size, the same version of the instrument."""

from collections.abc import Mapping

from companies.assessments.benchmark import Peers, benchmark
from companies.assessments.versions import instrument
from companies.choices import Rater
from companies.models import Assessment
from tibs.figures import SMALL_CELL


def peers_of(assessment: Assessment) -> Mapping[str, Peers]:
    """By area, the middle of the newest completed assessments of other firms of the same stage and size.

    Empty where stage or size are not known; an area is missing where fewer than five other firms have a result.
    """
    if not (assessment.stage and assessment.size_class):
        return {}
    like = (
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
        .prefetch_related("answers")
    )
    others = [[one.as_given() for one in peer.answers.all() if one.rater == Rater.BROKER] for peer in like]
    return benchmark(others, instrument(assessment.instrument_version), at_least=SMALL_CELL)
