"""Writing what a run found: all of it or nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from companies.models import CooperationProfile
from matching.engine.blocks import BLOCKS
from matching.engine.features import Arrays
from matching.engine.score import PairParts, pair_parts
from matching.engine.search import TopLists
from matching.models import Match, MatchRun
from matching.services.snapshots import Snapshot

BATCH = 2000
UPDATED = [
    "run",
    "is_current",
    "score",
    "forward",
    "backward",
    "parts",
    "first_rank",
    "second_rank",
    "updated_at",
]


@dataclass
class Pair:
    """Two rows of the arrays and the place of each in the other's list."""

    first: int
    second: int
    ranks: dict[int, int] = field(default_factory=dict)


def write(run: MatchRun, snapshot: Snapshot, arrays: Arrays, lists: TopLists) -> None:
    """Update scores, parts and ranks of all pairs found. Who withdrew meanwhile is left out at this last moment."""
    keys = snapshot.keys
    row_keys = [keys[public_id] for public_id in arrays.ids]
    allowed = set(CooperationProfile.objects.matchable().values_list("pk", flat=True))
    pairs = [
        pair
        for pair in _pairs(lists, row_keys)
        if row_keys[pair.first] in allowed and row_keys[pair.second] in allowed
    ]
    Match.objects.filter(is_current=True).update(is_current=False, first_rank=None, second_rank=None)
    for start in range(0, len(pairs), BATCH):
        _upsert(_matches(run, arrays, row_keys, pairs[start : start + BATCH]))
    run.pairs = len(pairs)
    run.save(update_fields=["pairs", "updated_at"])


def _pairs(lists: TopLists, row_keys: list[int]) -> Iterable[Pair]:
    found: dict[tuple[int, int], Pair] = {}
    for row, places in enumerate(lists.partner):
        for rank, partner in enumerate(places[places >= 0], start=1):
            first, second = sorted((row, int(partner)), key=row_keys.__getitem__)
            found.setdefault((first, second), Pair(first, second)).ranks[row] = rank
    return found.values()


def _matches(run: MatchRun, arrays: Arrays, row_keys: list[int], pairs: list[Pair]) -> Iterator[Match]:
    first, second = np.array([[pair.first, pair.second] for pair in pairs], np.int64).T
    parts = pair_parts(arrays, first, arrays, second)
    scores, (forward, backward) = parts.scores, parts.directions
    for place, pair in enumerate(pairs):
        yield Match(
            first_id=row_keys[pair.first],
            second_id=row_keys[pair.second],
            run=run,
            is_current=True,
            score=float(scores[place]),
            forward=float(forward[place]),
            backward=float(backward[place]),
            parts=_named(parts, place),
            first_rank=pair.ranks.get(pair.first),
            second_rank=pair.ranks.get(pair.second),
        )


def _named(parts: PairParts, place: int) -> dict[str, dict[str, float]]:
    return {
        name: {block: round(float(value), 6) for block, value in zip(BLOCKS, values[place], strict=True)}
        for name, values in (("forward", parts.forward), ("backward", parts.backward))
    }


def _upsert(matches: Iterable[Match]) -> None:
    Match.objects.bulk_create(
        matches,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=UPDATED,
    )
