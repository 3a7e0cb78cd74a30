"""The life cycle of a company: which stage may follow which, and what must be true before it does."""

from dataclasses import dataclass
from enum import StrEnum

from companies.choices import Stage


class Guard(StrEnum):
    """A condition of a move. The service that moves companies knows how to check each of them."""

    OWNER = "owner"  # somebody is responsible
    ELIGIBLE = "eligible"  # an SME, and the latest screening says that it may have the service
    REFUSED = "refused"  # the latest screening says no, and why
    REASON = "reason"  # whoever moves the company says why


@dataclass(frozen=True)
class Move:
    """One line of the life cycle."""

    start: Stage
    to: Stage
    guards: frozenset[Guard]


def _move(start: Stage, to: Stage, *guards: Guard) -> Move:
    return Move(start, to, frozenset({Guard.OWNER, *guards}) if to != Stage.LEAD else frozenset(guards))


MOVES: dict[tuple[Stage, Stage], Move] = {
    (move.start, move.to): move
    for move in (
        _move(Stage.LEAD, Stage.SCREENING),
        _move(Stage.LEAD, Stage.WITHDRAWN, Guard.REASON),
        _move(Stage.SCREENING, Stage.ENROLLED, Guard.ELIGIBLE),
        _move(Stage.SCREENING, Stage.NOT_ELIGIBLE, Guard.REFUSED),
        _move(Stage.SCREENING, Stage.LEAD),
        _move(Stage.SCREENING, Stage.WITHDRAWN, Guard.REASON),
        _move(Stage.NOT_ELIGIBLE, Stage.SCREENING, Guard.REASON),
        _move(Stage.ENROLLED, Stage.ACTIVE, Guard.ELIGIBLE),
        _move(Stage.ENROLLED, Stage.SCREENING, Guard.REASON),
        _move(Stage.ENROLLED, Stage.DORMANT, Guard.REASON),
        _move(Stage.ENROLLED, Stage.WITHDRAWN, Guard.REASON),
        _move(Stage.ACTIVE, Stage.DORMANT, Guard.REASON),
        _move(Stage.ACTIVE, Stage.WITHDRAWN, Guard.REASON),
        _move(Stage.DORMANT, Stage.ACTIVE, Guard.ELIGIBLE),
        _move(Stage.DORMANT, Stage.SCREENING),
        _move(Stage.DORMANT, Stage.WITHDRAWN, Guard.REASON),
        _move(Stage.WITHDRAWN, Stage.SCREENING, Guard.REASON),
    )
}

# Nothing is to be done for a company in these stages, so no step of it stays open.
RESTING = frozenset({Stage.NOT_ELIGIBLE, Stage.WITHDRAWN})
# Companies that somebody works with: each of them should have a next step.
UNDER_WAY = frozenset({Stage.SCREENING, Stage.ENROLLED, Stage.ACTIVE})


def move_of(start: Stage | str, to: Stage | str) -> Move | None:
    """The line of the life cycle from `start` to `to`; None where the life cycle has none."""
    return MOVES.get((Stage(start), Stage(to)))


def moves_from(start: Stage | str) -> list[Move]:
    """Every move out of a stage, in the order of the life cycle."""
    return [move for move in MOVES.values() if move.start == start]
