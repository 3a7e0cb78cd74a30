"""Keeping answers, one at a time, as they are given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.assessments.instrument import FIRM, HIGHEST, LOWEST, VALUE
from companies.assessments.versions import instrument
from companies.models import Answer, Assessment
from companies.policies import can_answer, require
from companies.services.assessments.left_out import (
    bring_back,
    bring_back_answered_areas,
    set_aside,
    told_apart,
)
from companies.services.files import author
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError
from tibs.figures import DRAFT_ASSESSMENT_LIFE

LARGEST_SEQUENCE = 2**53
ANSWERED = ("value", "applies", "set_aside", "evidence", "sequence", "answered_at", "answered_by")
# Milliseconds that a device's clock may be ahead of ours; what lies further in the future counts as this.
AHEAD = 60_000
# Answers come every few seconds: how long an assessment is kept need not be exact to the second.
RENEWED_EVERY = timedelta(days=1)


class NotAskedError(BadInputError):
    """The question is not one of this assessment, or the answer is not one of the question's."""

    code = "not_asked"


@dataclass(frozen=True)
class Given:
    """What was answered to one item. `value` None is "do not know", or "does not apply" with `applies` False.

    Without `evidence` the evidence that is kept stays, a statement at first.
    """

    area: str
    item: str
    value: int | None
    applies: bool = True
    evidence: str = ""


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

    `sequence` is the client's clock in milliseconds, no later than a minute from now; without it the answer is the
    newest. An answer to an area that was left out brings back what was set aside with it. NotAskedError for an item
    or value that the assessment's instrument does not have, WrongStateError once
    it is completed. Autosaved answers write no audit record each: who answered when stands in the answer.
    """
    now = now or timezone.now()
    found = answered_assessment(assessment, by, rater, now)
    _refuse_misfit(given, found, rater)
    where = {"assessment": found, "rater": rater, "area": given.area, "item": given.item}
    kept = Answer.objects.filter(**where).first() or Answer(**where)
    order = order_of(sequence, now, kept.sequence)
    if kept.pk is not None and kept.sequence >= order:
        return kept
    if _brings_back(given, kept):
        bring_back_answered_areas(found, rater, [given.area])
    _set(kept, given, order, now, author(by))
    kept.save()
    return kept


@transaction.atomic
def answer_items(
    *,
    assessment: Assessment,
    rater: str,
    given: Iterable[Given],
    by: Actor,
    left_out: Mapping[str, bool] | None = None,
    now: datetime | None = None,
) -> None:
    """Keep a page of answers sent at once, in as many queries as for one; all of them or none.

    `left_out` says of areas whether the firm has none of it; where that is so, answers to the area are set aside.
    """
    now = now or timezone.now()
    page = list(given)
    if page:
        _keep_page(answered_assessment(assessment, by, rater, now), rater, page, by, now)
    for area, is_out in (left_out or {}).items():
        leave_out_area(assessment=assessment, rater=rater, area=area, is_out=is_out, by=by, now=now)


def _keep_page(found: Assessment, rater: str, page: list[Given], by: Actor, now: datetime) -> None:
    for one in page:
        _refuse_misfit(one, found, rater)
    rows = _kept(found, rater)
    back = {one.area for one in page if (row := rows.get((one.area, one.item))) and _brings_back(one, row)}
    if back:
        bring_back_answered_areas(found, rater, back)
        rows = _kept(found, rater)
    answered, who = {}, author(by)
    for one in page:
        where = (one.area, one.item)
        new = Answer(assessment=found, rater=rater, area=one.area, item=one.item)
        answered[where] = row = rows.setdefault(where, new)
        _set(row, one, order_of(None, now, row.sequence), now, who)
    Answer.objects.bulk_create(row for row in answered.values() if row.pk is None)
    Answer.objects.bulk_update([row for row in answered.values() if row.pk is not None], ANSWERED)


def _kept(assessment: Assessment, rater: str) -> dict[tuple[str, str], Answer]:
    return {(row.area, row.item): row for row in assessment.answers.filter(rater=rater)}


def _brings_back(given: Given, kept: Answer) -> bool:
    """Whether the area of this answer was left out until now."""
    return given.applies and bool(kept.set_aside) and not kept.applies


def _set(kept: Answer, given: Given, order: int, now: datetime, who: User | None) -> None:
    kept.value, kept.applies, kept.set_aside = given.value, given.applies, ""
    kept.evidence = given.evidence or kept.evidence
    kept.sequence, kept.answered_at, kept.answered_by = order, now, who


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
) -> bool:
    """Note that the firm does not have this area: its value and the overall questions do not apply.

    With `is_out` False the area is there after all, and what was answered before is back. Tells whether the area
    is left out now. A message older than any of these answers changes nothing: who answered since has the area.
    """
    now = now or timezone.now()
    found = answered_assessment(assessment, by, rater, now)
    asked = instrument(found.instrument_version)
    if area == FIRM or area not in asked.area_codes:
        raise NotAskedError(_("This area is not one of the assessment."))
    items = told_apart(asked)
    rows = {one.item: one for one in found.answers.filter(rater=rater, area=area, item__in=items)}
    newest = max((one.sequence for one in rows.values()), default=-1)
    order = order_of(sequence, now, newest)
    for item in items:
        one = rows.setdefault(item, Answer(assessment=found, rater=rater, area=area, item=item))
        if one.applies != is_out or order <= newest:
            continue
        if is_out:
            set_aside(one)
        else:
            bring_back(one)
        one.sequence, one.answered_at, one.answered_by = order, now, author(by)
        one.save()
    return all(not rows[item].applies for item in asked.items[VALUE])


def order_of(sequence: int | None, now: datetime, kept: int) -> int:
    """Where an answer stands among others: by the client's clock, or without one after what is kept."""
    if sequence is None:
        return max(milliseconds(now), kept + 1)
    if not 0 <= sequence <= LARGEST_SEQUENCE:
        raise NotAskedError(_("The order of this answer is not a number that a page sends."))
    return min(sequence, milliseconds(now) + AHEAD)


def open_assessment(assessment: Assessment, by: Actor, rater: str) -> Assessment:
    """The assessment as it stands, locked, for somebody who may answer in it as `rater` ('' for either)."""
    found = Assessment.objects.select_for_update(of=["self"]).select_related("company").get(pk=assessment.pk)
    require(can_answer(by, found, rater))
    if found.completed_at is not None:
        raise WrongStateError(
            _("The assessment is completed. It stays as it is from now on."), code="completed"
        )
    return found


def answered_assessment(assessment: Assessment, by: Actor, rater: str, now: datetime) -> Assessment:
    """The same for an answer: the time after which unfinished answers are deleted begins anew, at most once a day.

    What a visitor's link led to has ended with its time; the draft of a company lives as long as it is there.
    """
    found = open_assessment(assessment, by, rater)
    latest = now + DRAFT_ASSESSMENT_LIFE
    has_ended = found.company_id is None and (found.expires_at or latest) <= now
    if found.expires_at and not has_ended and found.expires_at <= latest - RENEWED_EVERY:
        found.expires_at = latest
        found.save(update_fields=["expires_at"])
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
    if given.evidence and given.evidence not in asked.evidence:
        raise NotAskedError(_("This kind of evidence is not in the list."))
