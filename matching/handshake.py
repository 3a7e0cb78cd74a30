"""The double handshake as one table: states, what may happen in each, who may do it, who acts next, and the clocks.

Standard library only. Services do what the table allows; nothing else moves an introduction.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an introduction stands; the values are those of `matching.choices.IntroductionStatus`."""

    DRAFT = "draft"
    COMPANY_AGREED = "company_agreed"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    WITH_PARTNER = "with_partner"
    ACCEPTED = "accepted"
    INTRODUCED = "introduced"
    DECLINED = "declined"
    ON_HOLD = "on_hold"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Side(StrEnum):
    """The two sides of an introduction and of what comes after it."""

    SENDER = "sender"
    RECEIVER = "receiver"

    @property
    def other(self) -> "Side":
        return Side.RECEIVER if self is Side.SENDER else Side.SENDER


class Who(StrEnum):
    """The four people of an introduction, and the platform itself."""

    SENDER_BROKER = "sender_broker"
    SENDER_COMPANY = "sender_company"
    RECEIVER_BROKER = "receiver_broker"
    RECEIVER_COMPANY = "receiver_company"
    PLATFORM = "platform"

    @property
    def side(self) -> Side | None:
        return None if self is Who.PLATFORM else Side(self.value.split("_")[0])


class Cause(StrEnum):
    """What ended an introduction that lost its ground. The own side learns it, the other side never."""

    CONSENT = "consent"
    PROFILE = "profile"
    COMPANY = "company"
    BLOCK = "block"


class Act(StrEnum):
    START = "start"
    WRITE = "write"
    ASK = "ask"
    AGREE = "agree"
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    PUT = "put"
    ACCEPT = "accept"
    INTRODUCE = "introduce"
    FEEDBACK = "feedback"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    EXPIRE = "expire"
    STOP = "stop"


UNSENT = (State.DRAFT, State.COMPANY_AGREED)
UNDER_WAY = (*UNSENT, State.SENT, State.ACKNOWLEDGED, State.WITH_PARTNER, State.ACCEPTED)
OPEN = frozenset({*UNDER_WAY, State.ON_HOLD})
# A clock runs: somebody is waited for. A pause ends on its day.
CLOCKED = frozenset({*UNDER_WAY, State.INTRODUCED})
ENDED = frozenset({State.DECLINED, State.WITHDRAWN, State.EXPIRED})
# Who ends an introduction says why; taking back one's own consent needs no reason.
NEEDS_REASON = frozenset({Act.DECLINE, Act.WITHDRAW})
# These look at the state from which an introduction was put on hold.
ENDINGS = frozenset({Act.DECLINE, Act.WITHDRAW, Act.TAKE_BACK})


@dataclass(frozen=True)
class Move:
    """One line of the table; `to` is None where the introduction goes back to where it was held."""

    start: State
    act: Act
    to: State | None
    who: frozenset[Who]


def _moves(act: Act, to: State | None, starts: tuple[State, ...], *who: Who) -> list[Move]:
    return [Move(start, act, to, frozenset(who)) for start in starts]


BROKERS = (Who.SENDER_BROKER, Who.RECEIVER_BROKER)
# From here on there is a consent of the sender's firm that it may take back.
AGREED_BY_SENDER = tuple(state for state in UNDER_WAY if state is not State.DRAFT)

TABLE: dict[tuple[State, Act], Move] = {
    (move.start, move.act): move
    for move in (
        *_moves(Act.WRITE, State.DRAFT, UNSENT, Who.SENDER_BROKER),
        *_moves(Act.ASK, State.DRAFT, (State.DRAFT,), Who.SENDER_BROKER),
        *_moves(Act.AGREE, State.COMPANY_AGREED, (State.DRAFT,), Who.SENDER_COMPANY),
        *_moves(Act.SEND, State.SENT, (State.COMPANY_AGREED,), Who.SENDER_BROKER),
        *_moves(Act.ACKNOWLEDGE, State.ACKNOWLEDGED, (State.SENT,), Who.RECEIVER_BROKER),
        *_moves(Act.PUT, State.WITH_PARTNER, (State.ACKNOWLEDGED,), Who.RECEIVER_BROKER),
        *_moves(Act.ACCEPT, State.ACCEPTED, (State.WITH_PARTNER,), Who.RECEIVER_COMPANY),
        *_moves(Act.INTRODUCE, State.INTRODUCED, (State.ACCEPTED,), *BROKERS, Who.PLATFORM),
        *_moves(Act.FEEDBACK, State.INTRODUCED, (State.INTRODUCED,), Who.RECEIVER_BROKER),
        *_moves(Act.DECLINE, State.DECLINED, (State.DRAFT,), Who.SENDER_COMPANY),
        *_moves(Act.DECLINE, State.DECLINED, (State.SENT, State.ACKNOWLEDGED), Who.RECEIVER_BROKER),
        *_moves(
            Act.DECLINE, State.DECLINED, (State.WITH_PARTNER,), Who.RECEIVER_BROKER, Who.RECEIVER_COMPANY
        ),
        *_moves(Act.WITHDRAW, State.WITHDRAWN, UNDER_WAY, Who.SENDER_BROKER),
        *_moves(Act.TAKE_BACK, State.WITHDRAWN, AGREED_BY_SENDER[:-1], Who.SENDER_COMPANY),
        *_moves(Act.TAKE_BACK, State.WITHDRAWN, (State.ACCEPTED,), Who.SENDER_COMPANY, Who.RECEIVER_COMPANY),
        *_moves(Act.HOLD, State.ON_HOLD, UNSENT, Who.SENDER_BROKER),
        *_moves(
            Act.HOLD,
            State.ON_HOLD,
            (State.SENT, State.ACKNOWLEDGED, State.WITH_PARTNER, State.ACCEPTED),
            *BROKERS,
        ),
        *_moves(Act.RESUME, None, (State.ON_HOLD,), *BROKERS, Who.PLATFORM),
        *_moves(Act.EXPIRE, State.EXPIRED, UNDER_WAY, Who.PLATFORM),
        *_moves(Act.STOP, State.WITHDRAWN, (*UNDER_WAY, State.ON_HOLD), Who.PLATFORM),
    )
}

# Whose broker must act next. Who has ended an introduction leaves it with the broker who began it.
OWNERS: dict[State, Side] = {
    State.DRAFT: Side.SENDER,
    State.COMPANY_AGREED: Side.SENDER,
    State.SENT: Side.RECEIVER,
    State.ACKNOWLEDGED: Side.RECEIVER,
    State.WITH_PARTNER: Side.RECEIVER,
    State.ACCEPTED: Side.SENDER,
    State.INTRODUCED: Side.RECEIVER,
    State.DECLINED: Side.SENDER,
    State.WITHDRAWN: Side.SENDER,
    State.EXPIRED: Side.SENDER,
}


@dataclass(frozen=True)
class Clock:
    """Working days in which somebody acts, in the country of one side.

    A reminder comes at half the time, the coordinator is told at the full time. At double time the introduction goes
    back to its sender, unless it is introduced already.
    """

    days: int
    side: Side


def clocks(*, acknowledge: int, decide: int, feedback: int) -> dict[State, Clock]:
    """The clock of each state that has one, from the figures of the service; a pause ends on a day that is given."""
    return {
        State.DRAFT: Clock(decide, Side.SENDER),
        State.COMPANY_AGREED: Clock(acknowledge, Side.SENDER),
        State.SENT: Clock(acknowledge, Side.RECEIVER),
        State.ACKNOWLEDGED: Clock(acknowledge, Side.RECEIVER),
        State.WITH_PARTNER: Clock(decide, Side.RECEIVER),
        State.ACCEPTED: Clock(acknowledge, Side.SENDER),
        State.INTRODUCED: Clock(feedback, Side.RECEIVER),
    }


def move_of(state: str, act: str, held_from: str = "") -> Move | None:
    """The line of the table for an act in a state; None where the table has none.

    What ends an introduction may be done during a pause too, by whoever could do it before.
    """
    start, what = State(state), Act(act)
    if start is State.ON_HOLD and what in ENDINGS and held_from:
        start = State(held_from)
    return TABLE.get((start, what))


def acts_of(state: str, roles: frozenset[Who], held_from: str = "") -> list[Act]:
    """What somebody in these roles may do now, in the order of `Act`."""
    found = ((act, move_of(state, act, held_from)) for act in Act)
    return [act for act, move in found if move and move.who & roles]


def owner_side(state: str, held_from: str = "") -> Side:
    """Whose broker answers for the next step; during a pause, of the state that was left."""
    return OWNERS[State(held_from if state == State.ON_HOLD else state)]
