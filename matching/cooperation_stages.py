"""The life cycles of cooperations and joint strategies: which status may follow which, and what leads there."""

from enum import StrEnum

from matching.choices import CooperationStatus, StrategyStatus


class Turn(StrEnum):
    """What moves a cooperation on."""

    MEETING_HELD = "meeting_held"
    AGREEMENT_WRITTEN = "agreement_written"
    AGREEMENT_VALIDATED = "agreement_validated"
    GIVEN_UP = "given_up"


# Where each turn leads from each status; a turn that is missing is refused there.
MOVES: dict[tuple[CooperationStatus, Turn], CooperationStatus] = {
    (CooperationStatus.MEETING, Turn.MEETING_HELD): CooperationStatus.NEGOTIATING,
    (CooperationStatus.MEETING, Turn.AGREEMENT_WRITTEN): CooperationStatus.NEGOTIATING,
    (CooperationStatus.MEETING, Turn.GIVEN_UP): CooperationStatus.NO_DEAL,
    (CooperationStatus.NEGOTIATING, Turn.MEETING_HELD): CooperationStatus.NEGOTIATING,
    (CooperationStatus.NEGOTIATING, Turn.AGREEMENT_WRITTEN): CooperationStatus.NEGOTIATING,
    (CooperationStatus.NEGOTIATING, Turn.AGREEMENT_VALIDATED): CooperationStatus.AGREEMENT,
    (CooperationStatus.NEGOTIATING, Turn.GIVEN_UP): CooperationStatus.NO_DEAL,
    # An agreement ends the search, not a meeting that was planned before.
    (CooperationStatus.AGREEMENT, Turn.MEETING_HELD): CooperationStatus.AGREEMENT,
}
OPEN_COOPERATIONS = (CooperationStatus.MEETING, CooperationStatus.NEGOTIATING)

# The first status that may follow is the way on; a draft may be given up as well.
STRATEGY_MOVES: dict[StrategyStatus, tuple[StrategyStatus, ...]] = {
    StrategyStatus.DRAFT: (StrategyStatus.AGREED, StrategyStatus.GIVEN_UP),
    StrategyStatus.AGREED: (StrategyStatus.IN_IMPLEMENTATION,),
    StrategyStatus.IN_IMPLEMENTATION: (StrategyStatus.COMPLETED,),
}


def after(status: CooperationStatus | str, turn: Turn) -> CooperationStatus | None:
    """The status to which a turn leads; None where it may not happen."""
    return MOVES.get((CooperationStatus(status), turn))


def strategy_after(status: StrategyStatus | str) -> StrategyStatus | None:
    """The status that comes next; None at an end."""
    return next(iter(STRATEGY_MOVES.get(StrategyStatus(status), ())), None)
