"""The one sweep that follows the clocks: remind at half time, escalate at full time, return at double time."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from matching import events
from matching.choices import DeclineReason
from matching.handshake import OPEN, Act, Side, State, Who, owner_side
from matching.models import Introduction
from matching.notices import introductions as notices
from matching.services.introductions import clocks, telling
from matching.services.introductions.grounds import lacks
from matching.services.introductions.meeting import HANDSHAKE, introduce_if_ready
from matching.services.introductions.moving import move, with_its_companies
from tibs.core.sweeps import BATCH, take_each
from tibs.events.recording import record
from tibs.events.vocabulary import Event

# Who is waited for in each state; the broker of a firm that decides is told along with it.
WAITED_FOR: dict[State, tuple[Who, ...]] = {
    State.DRAFT: (Who.SENDER_BROKER, Who.SENDER_COMPANY),
    State.COMPANY_AGREED: (Who.SENDER_BROKER,),
    State.SENT: (Who.RECEIVER_BROKER,),
    State.ACKNOWLEDGED: (Who.RECEIVER_BROKER,),
    State.WITH_PARTNER: (Who.RECEIVER_BROKER, Who.RECEIVER_COMPANY),
    State.ACCEPTED: (Who.SENDER_BROKER,),
    State.INTRODUCED: (Who.RECEIVER_BROKER,),
}
BROKERS = {Side.SENDER: Who.SENDER_BROKER, Side.RECEIVER: Who.RECEIVER_BROKER}


def follow_clocks(*, now: datetime) -> int:
    """Ring every clock whose time has come, once; the number of clocks. Many may do this at a time."""
    due = list(_due(now).order_by("wakes_at", "pk").values_list("pk", flat=True)[:BATCH])
    return len(take_each(due, lambda key: _ring(key, now), sweep="matching.introductions"))


def introduce_waiting(*, now: datetime) -> int:
    """Introduce those to which both firms agreed and for which nothing is missing any more; how many."""
    keys = _ready().order_by("pk").values_list("pk", flat=True)[:BATCH]
    return len(take_each(keys, partial(_introduce, now), sweep="matching.accepted"))


def _ready() -> QuerySet[Introduction]:
    """Accepted ones that lack nothing: the others would keep them out of a batch for ever."""
    return Introduction.objects.filter(~lacks(Side.SENDER), ~lacks(Side.RECEIVER), status=State.ACCEPTED)


def _introduce(now: datetime, key: int) -> bool:
    introduction = with_its_companies(Introduction.objects.get(pk=key))
    if introduction.status != State.ACCEPTED:
        return False
    return introduce_if_ready(introduction, now).status == State.INTRODUCED


def _due(now: datetime) -> QuerySet[Introduction]:
    return Introduction.objects.filter(wakes_at__lte=now)


@transaction.atomic
def _ring(key: int, now: datetime) -> bool:
    """What one clock is for now; False where somebody was faster."""
    introduction = with_its_companies(Introduction.objects.get(pk=key))
    if introduction.wakes_at is None or introduction.wakes_at > now:
        return False
    if introduction.status == State.ON_HOLD:
        move(introduction, Act.RESUME, HANDSHAKE, now=now)
        return True
    if introduction.status == State.ACCEPTED and introduce_if_ready(introduction, now).introduced_at:
        return True
    if introduction.reminded_at is None:
        _remind(introduction, now)
    elif introduction.escalated_at is None:
        _escalate(introduction, now)
    elif introduction.status in OPEN:
        was_silent = introduction.sent_at is not None and introduction.status != State.ACCEPTED
        reason = DeclineReason.NO_ANSWER if was_silent else ""
        move(introduction, Act.EXPIRE, HANDSHAKE, now=now, reason=reason)
    return True


def _remind(introduction: Introduction, now: datetime) -> None:
    introduction.reminded_at, introduction.wakes_at = now, introduction.due_at
    introduction.save(update_fields=["reminded_at", "wakes_at", "updated_at"])
    waited_for = WAITED_FOR[State(introduction.status)]
    for who in _who_can_mend(introduction) or waited_for:
        # A firm whose broker is changing the texts again is not waited for.
        is_asked = who is not Who.SENDER_COMPANY or introduction.asked_sender_at
        if is_asked and telling.knows(introduction, who):
            telling.notify_one(introduction, who, notices.REMINDED, ":reminded")
    _record(introduction, events.INTRODUCTION_REMINDED)


def _escalate(introduction: Introduction, now: datetime) -> None:
    """After an introduction nothing goes back: the coordinator was told, and the clock shows that it is late. Where
    both firms agreed, the side is late that lacks something, not the one that began it."""
    clock = clocks.clock_of(introduction)
    introduction.escalated_at = now
    goes_back = clock is not None and introduction.status in OPEN
    introduction.wakes_at = clocks.returns_at(introduction, clock, now) if clock and goes_back else None
    introduction.save(update_fields=["escalated_at", "wakes_at", "updated_at"])
    owner = owner_side(introduction.status)
    late = _who_can_mend(introduction) or (BROKERS[owner],)
    for who in late:
        telling.notify_one(introduction, who, notices.LATE, ":late")
    for side in Side:
        if BROKERS[side] in late:
            telling.escalate(introduction, side)
    _record(introduction, events.INTRODUCTION_ESCALATED)


def _who_can_mend(introduction: Introduction) -> tuple[Who, ...]:
    """After both firms agreed: the people of each side that lacks something. Nobody in the other states."""
    if introduction.status != State.ACCEPTED:
        return ()
    return tuple(who for who, notice in telling.lines_of_missing(introduction) if notice.waits)


def _record(introduction: Introduction, event: Event) -> None:
    own = introduction.company_on(owner_side(introduction.status))
    record(event, about=introduction, by=HANDSHAKE, company_id=own.public_id)
