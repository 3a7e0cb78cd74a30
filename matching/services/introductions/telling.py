"""Telling the four people of an introduction what happened, each in their own language and without a name of the
other firm."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse

from companies.models import Company
from companies.services.escalations import who_decides
from matching.choices import DeclineReason
from matching.handshake import Act, Side, State, Who
from matching.models import Introduction
from matching.notices import introductions as notices
from tibs.accounts.models import User
from tibs.events.notices import Notice
from tibs.events.services.inbox import notify, settle

Line = tuple[Who, Notice]
A, B = (Who.SENDER_BROKER, Who.SENDER_COMPANY), (Who.RECEIVER_BROKER, Who.RECEIVER_COMPANY)
# Suffixes of the keys under which something of one state waits.
PARTS = ("", ":reminded", ":late")


def tell(introduction: Introduction, act: Act, side: Side) -> None:
    """Write the notices of an act that `side` did; who knows nothing of the introduction hears nothing."""
    lines = NEWS[act](introduction, side) if act in NEWS else ()
    for who, notice in lines:
        if knows(introduction, who):
            notify_one(introduction, who, notice)


def notify_one(introduction: Introduction, who: Who, notice: Notice, part: str = "") -> None:
    """One notice to a broker, or to everybody of a firm who can sign in."""
    for person in people(introduction, who):
        notify_person(introduction, person, who, notice, part)


def notify_person(introduction: Introduction, person: User, who: Who, notice: Notice, part: str = "") -> None:
    side = who.side or Side.SENDER
    own = company_of(introduction, side)
    page = "own_introduction" if who in {Who.SENDER_COMPANY, Who.RECEIVER_COMPANY} else "introduction"
    other = introduction.receiver_broker if side is Side.SENDER else introduction.sender_broker
    values = {"company": own.name, "broker": other.name}
    if introduction.hold_until:
        values["day"] = introduction.hold_until.isoformat()
    notify(
        notice,
        to=person,
        url=reverse(page, args=[introduction.public_id]),
        key=f"{key_of(introduction)}:{notice.code}{part}"
        if not notice.waits
        else key_of(introduction) + part,
        values=values,
        company_id=own.public_id,
    )


def escalate(introduction: Introduction, side: Side) -> None:
    """Tell the coordinators of the side that lets the other one wait."""
    own = company_of(introduction, side)
    for person in who_decides(own):
        values = {"company": own.name, "broker": introduction.owner.name}
        notify(
            notices.ESCALATED,
            to=person,
            url=reverse("introduction", args=[introduction.public_id]),
            key=f"{key_of(introduction)}:late",
            values=values,
            company_id=own.public_id,
        )


def settle_all(introduction: Introduction, now: datetime) -> None:
    """Nobody waits any longer for what the state before asked for."""
    for part in PARTS:
        settle(key=key_of(introduction) + part, now=now)


def key_of(introduction: Introduction) -> str:
    """Under which what waits in the present state is known: it changes when the clock starts anew."""
    return f"introduction:{introduction.public_id}:{introduction.clock_started_at.timestamp():.6f}"


def people(introduction: Introduction, who: Who) -> Iterable[User]:
    if who is Who.SENDER_BROKER:
        return [introduction.sender_broker]
    if who is Who.RECEIVER_BROKER:
        return [introduction.receiver_broker]
    firm = company_of(introduction, who.side or Side.SENDER)
    return User.objects.filter(contacts__company=firm, is_active=True).distinct().order_by("pk")


def company_of(introduction: Introduction, side: Side) -> Company:
    return introduction.sender_company if side is Side.SENDER else introduction.receiver_company


def knows(introduction: Introduction, who: Who) -> bool:
    """Whether somebody has been told of the introduction so far."""
    return {
        Who.SENDER_BROKER: True,
        Who.SENDER_COMPANY: introduction.asked_sender_at is not None,
        Who.RECEIVER_BROKER: introduction.sent_at is not None,
        Who.RECEIVER_COMPANY: introduction.told_receiver_at is not None,
    }[who]


def _to(side: Side, notice: Notice) -> list[Line]:
    return [(who, notice) for who in (A if side is Side.SENDER else B)]


def _other(side: Side) -> Side:
    return Side.RECEIVER if side is Side.SENDER else Side.SENDER


def _declined(introduction: Introduction, side: Side) -> list[Line]:
    """A firm that never let it be sent tells its own broker; a receiver tells the sender why, politely."""
    if introduction.sent_at is None:
        return [(Who.SENDER_BROKER, notices.REFUSED)]
    return _to(_other(side), notices.DECLINED[DeclineReason(introduction.decline_reason)])


def _withdrawn(introduction: Introduction, _side: Side) -> list[Line]:
    own = [(Who.SENDER_COMPANY, notices.WITHDRAWN)]
    return [*own, *_to(Side.RECEIVER, notices.DECLINED[DeclineReason(introduction.decline_reason)])]


def _stopped(_introduction: Introduction, side: Side) -> list[Line]:
    """The own broker learns that something was withdrawn, the other side only that it ended."""
    own = Who.SENDER_BROKER if side is Side.SENDER else Who.RECEIVER_BROKER
    return [(own, notices.STOPPED), *_to(_other(side), notices.WITHDRAWN)]


def _resumed(introduction: Introduction, side: Side) -> list[Line]:
    return [*_to(_other(side), notices.RESUMED), *WAITS.get(State(introduction.status), [])]


# Who is asked to act when a state begins, or begins again.
WAITS: dict[State, list[Line]] = {
    State.COMPANY_AGREED: [(Who.SENDER_BROKER, notices.AGREED)],
    State.SENT: [(Who.RECEIVER_BROKER, notices.RECEIVED)],
    State.ACKNOWLEDGED: [(Who.RECEIVER_BROKER, notices.TO_BE_PUT)],
    State.WITH_PARTNER: [(Who.RECEIVER_COMPANY, notices.PUT)],
    State.ACCEPTED: [(Who.SENDER_BROKER, notices.ACCEPTED), (Who.RECEIVER_BROKER, notices.ACCEPTED)],
    State.INTRODUCED: [(Who.RECEIVER_BROKER, notices.FEEDBACK_DUE)],
}
NEWS: dict[Act, Callable[[Introduction, Side], Iterable[Line]]] = {
    Act.ASK: lambda _i, _s: [(Who.SENDER_COMPANY, notices.ASKED)],
    Act.AGREE: lambda _i, _s: WAITS[State.COMPANY_AGREED],
    Act.SEND: lambda _i, _s: WAITS[State.SENT],
    Act.ACKNOWLEDGE: lambda _i, _s: [(Who.SENDER_BROKER, notices.ACKNOWLEDGED)],
    Act.PUT: lambda _i, _s: [
        *WAITS[State.WITH_PARTNER],
        *_to(Side.SENDER, notices.WITH_PARTNER),
    ],
    Act.INTRODUCE: lambda _i, _s: [
        *_to(Side.SENDER, notices.INTRODUCED),
        *_to(Side.RECEIVER, notices.INTRODUCED),
        *WAITS[State.INTRODUCED],
    ],
    Act.FEEDBACK: lambda _i, _s: [(Who.SENDER_BROKER, notices.FEEDBACK)],
    Act.DECLINE: _declined,
    Act.WITHDRAW: _withdrawn,
    Act.TAKE_BACK: _stopped,
    Act.STOP: _stopped,
    Act.EXPIRE: lambda _i, _s: [
        *_to(Side.SENDER, notices.EXPIRED),
        *_to(Side.RECEIVER, notices.LAPSED),
    ],
    Act.HOLD: lambda _i, side: _to(_other(side), notices.HELD),
    Act.RESUME: _resumed,
}
