"""Keeping answers, one at a time, as they are given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.assessments.instrument import FIRM, HIGHEST, LOWEST, OVERALL_BARRIERS, OVERALL_READINESS, VALUE
from companies.assessments.versions import instrument
from companies.models import Answer, Assessment
from companies.policies import can_answer, require
from companies.services.files import author
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError

LARGEST_SEQUENCE = 2**53


class NotAskedError(BadInputError):
    """The question is not one of this assessment, or the answer is not one of the question's."""

    code = "not_asked"


@dataclass(frozen=True)
class Given:
    """What was answered to one item. `value` None is "do not know", or "does not apply" with `applies` False."""

    area: str
    item: str
    value: int | None
    applies: bool = True
    evidence: str = "claimed"


@transaction.atomic
def answer_item(
    *,
    assessment: Assessment,
    rater: str,
    given: Given,
    by: Actor,
    sequence: int | None = None,
    now: datetime | None = None,
) -> Answer:
    """Keep one answer of one rater; the same answer again, or one older than what is kept, changes nothing.

    `sequence` is the client's clock in milliseconds; without it this moment counts. NotAskedError for an item or
    value that the assessment's instrument does not have, WrongStateError once it is completed. Autosaved answers
    write no audit record each: who answered when stands in the answer.
    """
    now = now or timezone.now()
    found = open_assessment(assessment, by, rater)
    _refuse_misfit(given, found, rater)
    order = milliseconds(now) if sequence is None else sequence
    if not 0 <= order <= LARGEST_SEQUENCE:
        raise NotAskedError(_("The order of this answer is not a number that a page sends."))
    where = {"assessment": found, "rater": rater, "area": given.area, "item": given.item}
    kept = Answer.objects.filter(**where).first()
    if kept is not None and kept.sequence >= order:
        return kept
    kept = kept or Answer(**where)
    kept.value, kept.applies, kept.evidence = given.value, given.applies, given.evidence
    kept.sequence, kept.answered_at, kept.answered_by = order, now, author(by)
    kept.save()
    return kept


@transaction.atomic
def answer_items(
    *, assessment: Assessment, rater: str, given: Iterable[Given], by: Actor, now: datetime | None = None
) -> None:
    """Keep a page of answers sent at once; all of them or none."""
    now = now or timezone.now()
    for one in given:
        answer_item(assessment=assessment, rater=rater, given=one, by=by, now=now)


@transaction.atomic
def leave_out_area(
    *,
    assessment: Assessment,
    rater: str,
    area: str,
    by: Actor,
    is_out: bool = True,
    sequence: int | None = None,
    now: datetime | None = None,
) -> None:
    """Note that the firm does not have this area: its value and the overall questions do not apply.

    With `is_out` False the area is there after all, and its questions are open again.
    """
    asked = instrument(assessment.instrument_version)
    if area == FIRM or area not in asked.area_codes:
        raise NotAskedError(_("This area is not one of the assessment."))
    items = (*asked.items[VALUE], OVERALL_READINESS, OVERALL_BARRIERS)
    for item in items:
        given = Given(area, item, None, applies=not is_out)
        answer_item(assessment=assessment, rater=rater, given=given, by=by, sequence=sequence, now=now)


def open_assessment(assessment: Assessment, by: Actor, rater: str) -> Assessment:
    """The assessment as it stands, locked, for somebody who may answer in it as `rater` ('' for either)."""
    found = Assessment.objects.select_for_update(of=["self"]).select_related("company").get(pk=assessment.pk)
    require(can_answer(by, found, rater))
    if found.completed_at is not None:
        raise WrongStateError(
            _("This assessment is completed. Repeat it to change answers."), code="completed"
        )
    return found


def milliseconds(moment: datetime) -> int:
    """The order of answers as pages count it."""
    return int(moment.timestamp() * 1000)


def _refuse_misfit(given: Given, assessment: Assessment, rater: str) -> None:
    asked = instrument(assessment.instrument_version)
    if not asked.asks(given.area, given.item) or rater not in asked.rated_by(given.item):
        raise NotAskedError(_("This question is not one of the assessment."))
    off_scale = given.value is not None and not LOWEST <= given.value <= HIGHEST
    if off_scale or (given.value is not None and not given.applies):
        raise NotAskedError(_("An answer lies between 0 and 4."))
    if given.evidence not in asked.evidence:
        raise NotAskedError(_("This kind of evidence is not in the list."))
