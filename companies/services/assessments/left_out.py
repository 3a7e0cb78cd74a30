"""An area that the firm does not have: its value and the overall questions are set aside together, and come back so."""

from collections.abc import Iterable

from companies.assessments.instrument import OVERALL_BARRIERS, OVERALL_READINESS, VALUE, Instrument
from companies.models import Answer, Assessment
from companies.models.assessment import NOT_GIVEN

UNKNOWN = "dk"


def told_apart(asked: Instrument) -> tuple[str, ...]:
    """The items of an area whose answers say together whether the firm has it."""
    return (*asked.items[VALUE], OVERALL_READINESS, OVERALL_BARRIERS)


def set_aside(one: Answer) -> None:
    """Keep what stood here for later; the caller saves."""
    was_unknown = UNKNOWN if one.pk is not None and one.is_given else NOT_GIVEN
    one.set_aside = was_unknown if one.value is None else str(one.value)
    one.value, one.applies = None, False


def bring_back(one: Answer) -> None:
    """What stood here before the area was left out; the caller saves."""
    one.value = int(one.set_aside) if one.set_aside.isdecimal() else None
    one.applies, one.set_aside = True, NOT_GIVEN if one.set_aside == NOT_GIVEN else ""


def bring_back_answered_areas(assessment: Assessment, rater: str, areas: Iterable[str]) -> None:
    """Who answers whether the firm has an area has it: what was set aside with that answer comes back with it.

    What comes back keeps its order, so that an answer of another page that is still on its way is not too old for it.
    """
    aside = assessment.answers.filter(rater=rater, area__in=areas, applies=False).exclude(set_aside="")
    for one in aside:
        bring_back(one)
        one.save(update_fields=["value", "applies", "set_aside"])
