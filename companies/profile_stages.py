"""The life cycle of a profile: what can be done with it in which state, and what must be true before."""

from dataclasses import dataclass
from enum import StrEnum

from companies.choices import ProfileStatus


class Act(StrEnum):
    """What somebody, or the clock, does with a profile."""

    SEND = "send"  # its broker sends it to the second reader
    RETURN = "return"  # the second reader asks for changes
    ACCEPT = "accept"  # the second reader finds it ready
    OBJECT = "object"  # the company asks for changes
    PUBLISH = "publish"
    RENEW = "renew"
    EXPIRE = "expire"
    TAKE_BACK = "take_back"  # its broker writes on
    WITHDRAW = "withdraw"


class Guard(StrEnum):
    """A condition of an act. The services check each of them (`companies.services.profile_moves`)."""

    SERVED = "served"  # the company takes part: it neither left, rests nor was refused
    COMPLETE = "complete"  # the automatic check found nothing that blocks
    REACHABLE = "reachable"  # the company has somebody who can be asked for its approval
    RECENT = "recent"  # it ended less than a year ago
    REVIEWED = "reviewed"  # the latest review found exactly these words ready
    APPROVED = "approved"  # the company's latest answer approved exactly these words
    NAMELESS = "nameless"  # by what the company is known today, the words do not give it away
    CONSENTED = "consented"  # the company's consent to anonymous publication is in force
    UNBLOCKED = "unblocked"  # no barrier without an action blocks the area
    ENDS_SOON = "ends_soon"  # it ends within the time of renewal
    RUNNING = "running"  # its day has not come yet
    ENDED = "ended"  # its day has come
    UNRENEWED = "unrenewed"  # it was not renewed since it was published


@dataclass(frozen=True)
class Move:
    """One line of the life cycle."""

    start: ProfileStatus
    act: Act
    to: ProfileStatus
    guards: frozenset[Guard]


def _move(start: ProfileStatus, act: Act, to: ProfileStatus, *guards: Guard) -> Move:
    return Move(start, act, to, frozenset(guards))


_DRAFT, _READ, _CHANGES = ProfileStatus.DRAFT, ProfileStatus.IN_REVIEW, ProfileStatus.CHANGES_REQUESTED
_COMPANY, _OUT = ProfileStatus.COMPANY_APPROVAL, ProfileStatus.PUBLISHED
_EXPIRED, _GONE = ProfileStatus.EXPIRED, ProfileStatus.WITHDRAWN

_TO_SEND = (Guard.SERVED, Guard.COMPLETE, Guard.REACHABLE)
_TO_PUBLISH = (
    Guard.SERVED,
    Guard.REVIEWED,
    Guard.APPROVED,
    Guard.NAMELESS,
    Guard.CONSENTED,
    Guard.UNBLOCKED,
)
_TO_RENEW = (
    Guard.SERVED,
    Guard.RUNNING,
    Guard.ENDS_SOON,
    Guard.UNRENEWED,
    Guard.CONSENTED,
    Guard.UNBLOCKED,
)

MOVES: dict[tuple[ProfileStatus, Act], Move] = {
    (move.start, move.act): move
    for move in (
        _move(_DRAFT, Act.SEND, _READ, *_TO_SEND),
        _move(_CHANGES, Act.SEND, _READ, *_TO_SEND),
        _move(_EXPIRED, Act.SEND, _READ, *_TO_SEND, Guard.RECENT),
        _move(_READ, Act.RETURN, _CHANGES),
        _move(_READ, Act.ACCEPT, _COMPANY),
        _move(_COMPANY, Act.OBJECT, _CHANGES),
        _move(_COMPANY, Act.PUBLISH, _OUT, *_TO_PUBLISH),
        _move(_OUT, Act.RENEW, _OUT, *_TO_RENEW),
        _move(_OUT, Act.EXPIRE, _EXPIRED, Guard.ENDED),
        _move(_READ, Act.TAKE_BACK, _DRAFT),
        _move(_COMPANY, Act.TAKE_BACK, _DRAFT),
        _move(_OUT, Act.TAKE_BACK, _DRAFT),
        _move(_EXPIRED, Act.TAKE_BACK, _DRAFT, Guard.RECENT),
        *(_move(status, Act.WITHDRAW, _GONE) for status in ProfileStatus if status != _GONE),
    )
}

# The words may be changed only here, so that what was read or approved stays what was read or approved.
EDITABLE = frozenset({_DRAFT, _CHANGES})


def move_of(start: ProfileStatus | str, act: Act | str) -> Move | None:
    """The line of the life cycle for `act` in the state `start`; None where there is none."""
    return MOVES.get((ProfileStatus(start), Act(act)))


def acts_in(start: ProfileStatus | str) -> list[Act]:
    """What can be done in a state, in the order of the life cycle."""
    return [move.act for move in MOVES.values() if move.start == start]


def missing(move: Move, met: frozenset[Guard] | set[Guard]) -> list[Guard]:
    """The guards of a move that are not met, in the order in which one would see to them."""
    unmet = move.guards - met
    return [guard for guard in Guard if guard in unmet]
