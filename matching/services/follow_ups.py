"""What became of an agreement: asked of both firms after 6, 12 and 24 months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.policies import can_decide_for_company, require
from companies.services.checks import refuse_misfits
from companies.services.escalations import who_decides
from matching import events, sides
from matching.models import Agreement, FollowUp
from matching.models.follow_up import ANSWERS
from matching.notices import cooperations as notices
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.months import months_after
from tibs.core.sweeps import BATCH, take_each
from tibs.events.notices import Notice
from tibs.events.recording import record
from tibs.events.services.inbox import notify, settle_all
from tibs.figures import (
    FOLLOW_UP_ESCALATION,
    FOLLOW_UP_MONTHS,
    FOLLOW_UP_REMINDER,
    FOLLOW_UP_SECOND_REMINDER,
)

RELATED = tuple(f"agreement__cooperation__{path}" for path in sides.RELATED)


@dataclass(frozen=True)
class Stage:
    """One of the times at which somebody hears of a follow-up: what is said, and the column that notes it."""

    notice: Notice
    stamp: str


ASKED = Stage(notices.FOLLOW_UP_DUE, "told_at")
REMINDED = Stage(notices.FOLLOW_UP_REMINDER, "reminded_at")
REMINDED_AGAIN = Stage(notices.FOLLOW_UP_SECOND_REMINDER, "reminded_again_at")
ESCALATED = Stage(notices.FOLLOW_UP_UNANSWERED, "escalated_at")
# Each takes the place of those before it, so that one question waits at a time.
TO_THE_FIRM = (ASKED, REMINDED, REMINDED_AGAIN)


def due_date(signed: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    return months_after(datetime.combine(signed, time()), months).date()


def plan_follow_ups(agreement: Agreement) -> list[FollowUp]:
    """Plan the follow-ups of both firms, once for an agreement."""
    planned = [
        FollowUp(
            agreement=agreement,
            company=company,
            months=months,
            due_date=due_date(agreement.signed_date, months),
        )
        for company in sides.companies_of(agreement.cooperation)
        for months in FOLLOW_UP_MONTHS
    ]
    return FollowUp.objects.bulk_create(planned, ignore_conflicts=True)


@transaction.atomic
def answer_follow_up(
    *, follow_up: FollowUp, values: Mapping[str, Any], by: Actor, now: datetime | None = None
) -> FollowUp:
    """Write down a firm's answers (`values` by the names of ANSWERS, each may be left out), once and for all.

    The firm answers itself, or its broker writes down what it says on the phone. BadInputError without any answer.
    """
    now = now or timezone.now()
    follow_up = FollowUp.objects.select_for_update(of=["self"]).select_related("company").get(pk=follow_up.pk)
    require(can_decide_for_company(by, follow_up.company))
    if follow_up.done_at:
        raise WrongStateError(_("This is answered already. Thank you."))
    if follow_up.due_date > timezone.localdate(now):
        raise WrongStateError(_("It is too early for these questions."))
    if all(values.get(name) in (None, "") for name in ANSWERS):
        raise BadInputError(_("Answer at least one of the questions."))
    for name in ANSWERS:
        if name in values:
            setattr(follow_up, name, values[name])
    refuse_misfits(follow_up, exclude=["agreement", "company"])
    follow_up.done_at = now
    follow_up.save()
    record(events.FOLLOW_UP_ANSWERED, about=follow_up, by=by, company_id=follow_up.company.public_id)
    settle_all(keys=[_key(follow_up, stage) for stage in (*TO_THE_FIRM, ESCALATED)], now=now)
    return follow_up


def ask_what_is_due(*, now: datetime) -> int:
    """Ask firms and their brokers for follow-ups that are due, remind them twice, then tell the coordinators; how
    many steps were done.

    Many may do this at a time, and as often as they like: each is told once. One that fails stops no other.
    """
    open_ones = FollowUp.objects.filter(
        done_at=None, company__erased_at=None, company__merged_into=None
    ).order_by("due_date", "pk")
    return sum(
        len(
            take_each(
                open_ones.filter(due, **{stage.stamp: None}).values_list("pk", flat=True)[:BATCH],
                partial(_tell, stage=stage, now=now),
                sweep=stage.notice.code,
            )
        )
        for stage, due in _stages(now)
    )


def _stages(now: datetime) -> list[tuple[Stage, Q]]:
    return [
        (ASKED, Q(due_date__lte=timezone.localdate(now))),
        (REMINDED, Q(told_at__lte=now - FOLLOW_UP_REMINDER)),
        (REMINDED_AGAIN, Q(reminded_at__isnull=False, told_at__lte=now - FOLLOW_UP_SECOND_REMINDER)),
        (ESCALATED, Q(reminded_again_at__isnull=False, told_at__lte=now - FOLLOW_UP_ESCALATION)),
    ]


def _tell(key: int, *, stage: Stage, now: datetime) -> bool:
    claimed = FollowUp.objects.filter(pk=key, done_at=None, **{stage.stamp: None})
    if not claimed.update(**{stage.stamp: now}):
        return False
    follow_up = FollowUp.objects.select_related("company", *RELATED).get(pk=key)
    earlier = TO_THE_FIRM[: TO_THE_FIRM.index(stage)] if stage in TO_THE_FIRM else ()
    settle_all(keys=[_key(follow_up, before) for before in earlier], now=now)
    for person in who_decides(follow_up.company) if stage is ESCALATED else _people(follow_up):
        notify(
            stage.notice,
            to=person,
            url=reverse("follow_up", args=[follow_up.public_id]),
            key=_key(follow_up, stage),
            values={"company": follow_up.company.name, "months": follow_up.months},
            company_id=follow_up.company.public_id,
        )
    return True


def _key(follow_up: FollowUp, stage: Stage) -> str:
    return f"{follow_up.public_id}:{stage.notice.code}"


def _people(follow_up: FollowUp) -> list[User]:
    """The broker and the people of the firm that is asked."""
    cooperation = follow_up.agreement.cooperation
    people = sides.people_of(cooperation, cooperation.introduction.side_of(follow_up.company))
    owner = follow_up.company.owner
    return [owner, *people[1:]] if owner else people
