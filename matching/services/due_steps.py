"""What comes after an introduction has an owner: the sweep over steps, times and minutes that are due, and over
agreements that wait for a third party."""

from datetime import datetime, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from companies.services.escalations import who_decides
from matching import sides
from matching.choices import CooperationStatus, MeetingStatus
from matching.handshake import Side
from matching.models import Agreement, Cooperation, Meeting
from matching.models.cooperation import CHOOSE, MEET, PROPOSE, VALIDATE
from matching.notices import cooperations as notices
from matching.services.cooperations import PLANNED, brokers_of, held
from matching.services.telling import tell
from matching.services.third_parties import ring
from regions.working_days import deadline
from tibs.accounts.actor import system
from tibs.accounts.models import User
from tibs.core.sweeps import BATCH, take_each
from tibs.events.notices import Notice
from tibs.figures import LATE_STEP_DAYS, LONGEST_MEETING

CLOCK = system("matching.clock")
TO_MEET = (PROPOSE, CHOOSE, MEET)


def follow_steps(*, now: datetime) -> int:
    """Remind the owner of what is due on its day, and tell the coordinators when it stays undone; how many were told.

    Many may do this at a time, and as often as they like: each is told once. One that fails stops no other.
    """
    return sum(
        len(take_each(_keys(rows), partial(act, now=now), sweep="matching.steps"))
        for rows, act in (
            (_untold(now), _remind),
            (_due(now).filter(step_reminded_at__isnull=False, step_escalated_at=None), _escalate),
        )
    )


def follow_validation(*, now: datetime) -> int:
    """Ring the clocks of agreements that wait for a third party; how many rang."""
    waiting = Agreement.objects.to_validate().filter(escalated_at=None)
    keys = list(waiting.order_by("updated_at", "pk").values_list("pk", flat=True)[:BATCH])
    return len(take_each(keys, partial(_ring, now=now), sweep="matching.validation"))


def _keys(rows: QuerySet[Cooperation]) -> list[int]:
    return list(rows.order_by("next_due_date", "pk").values_list("pk", flat=True)[:BATCH])


def _due(now: datetime) -> QuerySet[Cooperation]:
    """Talks where something is to be done: all times of a meeting have passed, a meeting is over without minutes, also
    one that was planned before an agreement counted; or the day of the next step has come. A meeting that is planned
    stands in the place of the steps that lead to it, and of no other; what a third party does is none of a broker's."""
    planned = Meeting.objects.filter(cooperation=OuterRef("pk"), status__in=PLANNED)
    rows = Cooperation.objects.exclude(status=CooperationStatus.NO_DEAL)
    step_is_due = Q(next_due_date__lte=timezone.localdate(now)) & ~Q(next_step=VALIDATE)
    return rows.filter(
        Exists(planned.filter(_is_over(now))) | (step_is_due & ~(Q(next_step__in=TO_MEET) & Exists(planned)))
    )


def _untold(now: datetime) -> QuerySet[Cooperation]:
    """Those of which nobody was told yet: what was said of a step before a meeting was over says nothing of it."""
    told = OuterRef("step_reminded_at")
    since = Q(status=MeetingStatus.PROPOSED, slots__2__gt=told) | Q(
        status=MeetingStatus.FIXED, starts_at__gt=told - timedelta(minutes=LONGEST_MEETING)
    )
    over = Meeting.objects.filter(_is_over(now), since, cooperation=OuterRef("pk"))
    return _due(now).filter(Q(step_reminded_at=None) | Exists(over))


def _is_over(now: datetime) -> Q:
    last = Q(status=MeetingStatus.PROPOSED, slots__2__lte=now)
    return last | Q(status=MeetingStatus.FIXED, starts_at__lte=now - timedelta(minutes=LONGEST_MEETING))


def _still(rows: QuerySet[Cooperation], key: int) -> Cooperation | None:
    """The row, locked as the services do, if it is one of these at this moment."""
    cooperation = held(Cooperation(pk=key))
    return cooperation if rows.filter(pk=key).exists() else None


def _remind(key: int, now: datetime) -> bool:
    cooperation = _still(_untold(now), key)
    if cooperation is None:
        return False
    cooperation.step_reminded_at, cooperation.step_escalated_at = now, None
    cooperation.save(update_fields=["step_reminded_at", "step_escalated_at", "updated_at"])
    notice, person = _what(cooperation, now)
    # What was told stands in the row; on one day a step can fall due, and after it the minutes of a meeting.
    word = f"step:due:{notice.code}:{now.timestamp():.0f}"
    tell(notice, cooperation, key=word, to=[person], by=CLOCK)
    return True


def _what(cooperation: Cooperation, now: datetime) -> tuple[Notice, User]:
    """What is to be done, and the broker who does it."""
    over = cooperation.meetings.filter(_is_over(now)).order_by("-pk").first()
    if over is None:
        return notices.STEP_DUE, cooperation.owner
    if over.status == MeetingStatus.FIXED:
        # Once an agreement counts, the talks change hands with the introduction alone.
        brokers = brokers_of(cooperation)
        return notices.MINUTES_DUE, cooperation.owner if cooperation.owner in brokers else brokers[0]
    return notices.TIMES_PASSED, sides.broker_of(cooperation, Side(over.proposed_side or Side.SENDER))


def _escalate(key: int, now: datetime) -> bool:
    cooperation = _still(_due(now), key)
    if cooperation is None or cooperation.step_escalated_at or cooperation.step_reminded_at is None:
        return False
    _notice, person = _what(cooperation, now)
    side = sides.side_of(person, cooperation)
    company = sides.company_of(cooperation, side)
    if now <= deadline(company.country, cooperation.step_reminded_at, LATE_STEP_DAYS):
        return False
    cooperation.step_escalated_at = now
    cooperation.save(update_fields=["step_escalated_at", "updated_at"])
    tell(
        notices.STEP_LATE,
        cooperation,
        key=f"step:late:{timezone.localdate(now)}",
        to=who_decides(company),
        by=CLOCK,
        values={"broker": person.name},
        side=side,
    )
    return True


def _ring(key: int, now: datetime) -> bool:
    row = Agreement.objects.select_related("cooperation").get(pk=key)
    cooperation = held(row.cooperation)
    agreement = Agreement.objects.to_validate().filter(pk=key).first()
    if agreement is None:
        return False
    agreement.cooperation = cooperation
    return ring(agreement, now)
