"""The pipeline as a board: the stages side by side, each with what is most urgent in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from companies.choices import Stage
from companies.models import Company
from companies.querysets import CompanyQuerySet
from companies.stages import moves_from
from tibs.core.counting import CappedCount

MOST_COUNTED = 100
CARDS = 12
# Companies that rest are counted and not shown: the board is for what moves.
WITH_CARDS = (Stage.LEAD, Stage.SCREENING, Stage.ENROLLED, Stage.ACTIVE)


@dataclass(frozen=True)
class Lane:
    """One stage: how many companies are in it, its first cards, and where a card may go from here."""

    stage: Stage
    count: CappedCount
    cards: list[Company]
    moves: list[Stage]

    @property
    def has_cards(self) -> bool:
        return self.stage in WITH_CARDS

    @property
    def has_more(self) -> bool:
        return self.count.value > len(self.cards)


def lanes_of(companies: CompanyQuerySet, *, by: tuple[str, str]) -> list[Lane]:
    """The board of `companies` (with their open steps), cards in the order `by`; three queries."""
    counted = [companies.filter(stage=stage).values_list("stage")[:MOST_COUNTED] for stage in Stage]
    counts = [stage for (stage,) in _together(counted)]
    first = [companies.filter(stage=stage).order_by(*by).values_list("pk")[:CARDS] for stage in WITH_CARDS]
    keys = [key for (key,) in _together(first)]
    cards = list(companies.filter(pk__in=keys).select_related("country", "owner").order_by(*by))
    return [
        Lane(
            stage=stage,
            count=CappedCount(counts.count(stage), MOST_COUNTED),
            cards=[card for card in cards if card.stage == stage],
            moves=[move.to for move in moves_from(stage)],
        )
        for stage in Stage
    ]


def _together(parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """The rows of several questions, asked in one."""
    return parts[0].union(*parts[1:], all=True)
