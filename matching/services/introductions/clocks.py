"""The clocks of introductions: their table, and how they are started, stopped and counted."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from matching.handshake import Clock, Side, State, clocks, owner_side
from matching.models import Introduction
from regions.working_days import deadline
from tibs.figures import ACKNOWLEDGE_DAYS, COMPANY_DECIDES_DAYS, FEEDBACK_DAYS

CLOCKS = clocks(acknowledge=ACKNOWLEDGE_DAYS, decide=COMPANY_DECIDES_DAYS, feedback=FEEDBACK_DAYS)
END_OF_DAY = time(23, 59, 59)
FIELDS = ("clock_started_at", "due_at", "wakes_at", "reminded_at", "escalated_at", "paused_due_at")


def clock_of(introduction: Introduction) -> Clock | None:
    """The clock of the state it is in; None during a pause, which ends on its day, and after an end."""
    return CLOCKS.get(State(introduction.status))


def start(introduction: Introduction, now: datetime) -> None:
    """Set the clock of the state that was just entered; the caller saves FIELDS. After a pause the rest of its time
    goes on: a pause gives no more of it."""
    held_at, introduction.clock_started_at = introduction.clock_started_at, now
    introduction.reminded_at = introduction.escalated_at = None
    introduction.due_at = introduction.wakes_at = None
    if introduction.status == State.ON_HOLD and introduction.hold_until:
        zone = ZoneInfo(introduction.company_on(_owning_side(introduction)).country.time_zone)
        ends = datetime.combine(introduction.hold_until, END_OF_DAY, tzinfo=zone)
        introduction.due_at = introduction.wakes_at = ends
        return
    if clock := clock_of(introduction):
        days = _days_left(introduction, clock, held_at)
        introduction.due_at = due(introduction, clock, days)
        if introduction.paused_due_at and _same_day(introduction, clock, held_at, now):
            introduction.due_at = min(introduction.paused_due_at, introduction.due_at)
        introduction.wakes_at = min(due(introduction, clock, max(days // 2, 1)), introduction.due_at)
    introduction.paused_due_at = None


def stop(introduction: Introduction) -> None:
    """Nothing is due any more; the caller saves."""
    introduction.due_at = introduction.wakes_at = None


def due(introduction: Introduction, clock: Clock, days: int) -> datetime:
    """The end of the working day that comes so many days after the clock started, where that side is at home."""
    return deadline(introduction.company_on(clock.side).country, introduction.clock_started_at, days)


def returns_at(introduction: Introduction, clock: Clock, now: datetime) -> datetime:
    """As much time again after it was due; at least one working day after the coordinator was told, even if nobody
    looked for long."""
    country = introduction.company_on(clock.side).country
    return max(deadline(country, introduction.due_at or now, clock.days), deadline(country, now, 1))


def _days_left(introduction: Introduction, clock: Clock, held_at: datetime) -> int:
    """How many working days were left when the pause began, at least one; all of them where there was none."""
    country, before = introduction.company_on(clock.side).country, introduction.paused_due_at
    if before is None:
        return clock.days
    fewer = (days for days in range(1, clock.days) if before <= deadline(country, held_at, days))
    return next(fewer, clock.days)


def _same_day(introduction: Introduction, clock: Clock, one: datetime, other: datetime) -> bool:
    zone = ZoneInfo(introduction.company_on(clock.side).country.time_zone)
    return one.astimezone(zone).date() == other.astimezone(zone).date()


def _owning_side(introduction: Introduction) -> Side:
    return owner_side(introduction.status, introduction.held_from)
