"""Telling the four people of an introduction what happened, each in their own language and without a name of the
other firm."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from companies.models import Contact
from companies.services.escalations import who_decides
from matching.choices import DeclineReason
from matching.handshake import Act, Cause, Side, State, Who
from matching.models import Introduction
from matching.notices import introductions as notices
from matching.services.introductions.grounds import sides_that_lack
from tibs.accounts.models import User
from tibs.events.notices import Notice
from tibs.events.services import inbox
from tibs.events.services.inbox import Tiding, notify_all

Line = tuple[Who, Notice]
A, B = (Who.SENDER_BROKER, Who.SENDER_COMPANY), (Who.RECEIVER_BROKER, Who.RECEIVER_COMPANY)
FIRMS = frozenset({Who.SENDER_COMPANY, Who.RECEIVER_COMPANY})
# Suffixes of the keys under which something of one state waits.
PARTS = ("", ":reminded", ":late")


@dataclass(frozen=True)
class Move:
    """An act that `side` did; `cause` is what ended it from elsewhere."""

    introduction: Introduction
    act: Act
    side: Side
    cause: Cause | None = None


def tell(introduction: Introduction, act: Act, side: Side) -> None:
    """Write the notices of an act that `side` did; who knows nothing of the introduction hears nothing."""
    tell_all([Move(introduction, act, side)])


def tell_all(moves: Iterable[Move]) -> None:
    """The same for several at once; what asks nobody to act costs as many queries as for one."""
    lines = [
        (move.introduction, who, notice)
        for move in moves
        for who, notice in (NEWS[move.act](move) if move.act in NEWS else ())
        if knows(move.introduction, who)
    ]
    _write(lines)


def notify_one(introduction: Introduction, who: Who, notice: Notice, part: str = "") -> None:
    """One notice to a broker, or to everybody of a firm who can sign in."""
    _write([(introduction, who, notice)], part)


def _write(lines: list[tuple[Introduction, Who, Notice]], part: str = "") -> None:
    people = _people([(introduction, who) for introduction, who, _notice in lines])
    notify_all(
        _tiding(introduction, person, who, notice, part)
        for introduction, who, notice in lines
        for person in people[introduction.pk, who]
    )


def _tiding(introduction: Introduction, person: User, who: Who, notice: Notice, part: str) -> Tiding:
    side = who.side or Side.SENDER
    own = introduction.company_on(side)
    page = "own_introduction" if who in FIRMS else "introduction"
    other = introduction.broker_on(side.other)
    values = {"company": own.name, "broker": other.name}
    if introduction.hold_until:
        values["day"] = introduction.hold_until.isoformat()
    key = key_of(introduction)
    return Tiding(
        notice,
        person,
        url=reverse(page, args=[introduction.public_id]),
        key=key + part if notice.waits else f"{key}:{notice.code}{part}",
        values=values,
        company_id=own.public_id,
    )


def escalate(introduction: Introduction, side: Side) -> None:
    """Tell the coordinators of the side that lets the other one wait."""
    own = introduction.company_on(side)
    notify_all(
        Tiding(
            notices.ESCALATED,
            person,
            url=reverse("introduction", args=[introduction.public_id]),
            key=f"{key_of(introduction)}:late",
            values={"company": own.name, "broker": introduction.broker_on(side).name},
            company_id=own.public_id,
        )
        for person in who_decides(own)
    )


def settle_all(introductions: Iterable[Introduction], now: datetime) -> None:
    """Nobody waits any longer for what the states before asked for."""
    inbox.settle_all(keys=[key_of(one) + part for one in introductions for part in PARTS], now=now)


def key_of(introduction: Introduction) -> str:
    """Under which what waits in the present state is known: it changes when the clock starts anew."""
    return f"introduction:{introduction.public_id}:{introduction.clock_started_at.timestamp():.6f}"


def _people(wanted: list[tuple[Introduction, Who]]) -> dict[tuple[int, Who], list[User]]:
    """A broker, or everybody of a firm who can sign in, for each introduction and role."""
    firms = {one.company_on(who.side or Side.SENDER).pk for one, who in wanted if who in FIRMS}
    staff: dict[int, dict[int, User]] = {firm: {} for firm in firms}
    if firms:
        seats = Contact.objects.filter(company__in=firms, user__is_active=True).select_related("user")
        for seat in seats.order_by("user"):
            if seat.user:
                staff[seat.company_id][seat.user.pk] = seat.user
    return {
        (one.pk, who): list(staff[one.company_on(who.side or Side.SENDER).pk].values())
        if who in FIRMS
        else [one.sender_broker if who is Who.SENDER_BROKER else one.receiver_broker]
        for one, who in wanted
    }


def knows(introduction: Introduction, who: Who) -> bool:
    """Whether somebody has been told of the introduction so far."""
    return {
        Who.SENDER_BROKER: True,
        Who.SENDER_COMPANY: introduction.first_asked_at is not None,
        Who.RECEIVER_BROKER: introduction.sent_at is not None,
        Who.RECEIVER_COMPANY: introduction.told_receiver_at is not None,
    }[who]


def _to(side: Side, notice: Notice) -> list[Line]:
    return [(who, notice) for who in (A if side is Side.SENDER else B)]


def _declined(move: Move) -> list[Line]:
    """A firm that never let it be sent tells its own broker; a receiver tells the sender why, politely."""
    if move.introduction.sent_at is None:
        return [(Who.SENDER_BROKER, notices.REFUSED)]
    return _to(move.side.other, notices.DECLINED[DeclineReason(move.introduction.decline_reason)])


def _withdrawn(move: Move) -> list[Line]:
    own = [(Who.SENDER_COMPANY, notices.WITHDRAWN)]
    reason = DeclineReason(move.introduction.decline_reason)
    return [*own, *_to(Side.RECEIVER, notices.DECLINED[reason])]


def _stopped(move: Move) -> list[Line]:
    """The own broker learns what was withdrawn, and the own firm that it ended, unless that was its own doing; the
    other side learns only that it ended."""
    broker, firm = A if move.side is Side.SENDER else B
    notice = notices.STOPPED_BY[move.cause] if move.cause else notices.STOPPED
    own = [(broker, notice)]
    if move.cause and move.cause is not Cause.CONSENT:
        own.append((firm, notices.WITHDRAWN))
    return [*own, *_to(move.side.other, notices.WITHDRAWN)]


def _resumed(move: Move) -> list[Line]:
    return [*_to(move.side.other, notices.RESUMED), *_waits(move.introduction)]


def _waits(introduction: Introduction) -> list[Line]:
    """Who is asked to act in the state that begins now, or begins again."""
    state = State(introduction.status)
    if state is State.ACCEPTED:
        return lines_of_missing(introduction)
    if state is State.DRAFT:
        is_asked = introduction.asked_sender_at is not None
        return [
            (Who.SENDER_COMPANY, notices.ASKED) if is_asked else (Who.SENDER_BROKER, notices.TO_BE_WRITTEN)
        ]
    return WAITS[state]


def lines_of_missing(introduction: Introduction) -> list[Line]:
    """Both firms agreed: the side that can mend it is told what is missing, the broker of the other that it waits."""
    lacking = sides_that_lack(introduction)
    lines: list[Line] = []
    for side, (broker, firm) in {Side.SENDER: A, Side.RECEIVER: B}.items():
        if side in lacking:
            lines.append((broker, notices.ACCEPTED_WITHOUT[lacking[side]]))
            if lacking[side] is Cause.CONSENT:  # which only the firm can give
                lines.append((firm, notices.ACCEPTED_WITHOUT[Cause.CONSENT]))
        elif lacking:
            lines.append((broker, notices.ACCEPTED_ELSEWHERE))
    return lines


def tell_what_is_missing(introduction: Introduction) -> None:
    """After both agreed, where they could not be introduced at once."""
    _write([(introduction, who, notice) for who, notice in lines_of_missing(introduction)])


def _expired(move: Move) -> list[Line]:
    """Without a reason where the other side was not silent: it was never asked, or something that it needs did not
    come after both had agreed."""
    was_silent = bool(move.introduction.decline_reason)
    broker, firm = A
    if move.introduction.sent_at is None:
        return [(broker, notices.EXPIRED_UNSENT), (firm, notices.EXPIRED_UNSENT_FOR_FIRM)]
    return [
        (broker, notices.EXPIRED if was_silent else notices.EXPIRED_ACCEPTED),
        (firm, notices.EXPIRED_FOR_FIRM if was_silent else notices.EXPIRED_ACCEPTED_FOR_FIRM),
        *_to(Side.RECEIVER, notices.LAPSED if was_silent else notices.LAPSED_ACCEPTED),
    ]


# Who is asked to act when a state begins, or begins again; see `_waits` for the other states.
WAITS: dict[State, list[Line]] = {
    State.COMPANY_AGREED: [(Who.SENDER_BROKER, notices.AGREED)],
    State.SENT: [(Who.RECEIVER_BROKER, notices.RECEIVED)],
    State.ACKNOWLEDGED: [(Who.RECEIVER_BROKER, notices.TO_BE_PUT)],
    State.WITH_PARTNER: [(Who.RECEIVER_COMPANY, notices.PUT)],
    State.INTRODUCED: [(Who.RECEIVER_BROKER, notices.FEEDBACK_DUE)],
}
NEWS: dict[Act, Callable[[Move], Iterable[Line]]] = {
    Act.ASK: lambda _move: [(Who.SENDER_COMPANY, notices.ASKED)],
    Act.AGREE: lambda _move: WAITS[State.COMPANY_AGREED],
    Act.SEND: lambda _move: WAITS[State.SENT],
    Act.ACKNOWLEDGE: lambda _move: [(Who.SENDER_BROKER, notices.ACKNOWLEDGED)],
    Act.PUT: lambda _move: [*WAITS[State.WITH_PARTNER], *_to(Side.SENDER, notices.WITH_PARTNER)],
    Act.INTRODUCE: lambda _move: [
        *_to(Side.SENDER, notices.INTRODUCED),
        *_to(Side.RECEIVER, notices.INTRODUCED),
        *WAITS[State.INTRODUCED],
    ],
    Act.FEEDBACK: lambda _move: [(Who.SENDER_BROKER, notices.FEEDBACK)],
    Act.DECLINE: _declined,
    Act.WITHDRAW: _withdrawn,
    Act.TAKE_BACK: _stopped,
    Act.STOP: _stopped,
    Act.EXPIRE: _expired,
    Act.HOLD: lambda move: _to(move.side.other, notices.HELD),
    Act.RESUME: _resumed,
}
