"""Writing what a run found: all of it or nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Q
from django.utils import timezone

from matching.engine.blocks import BLOCKS
from matching.engine.features import Arrays
from matching.engine.score import PairParts, pair_parts
from matching.engine.search import TopLists
from matching.models import Match, MatchRun, Renewal
from matching.services import snapshots
from matching.services.lists import LOCK, let_go, pairs_of, rank_again
from matching.services.snapshots import Snapshot
from tibs.core.locks import one_at_a_time

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

    @property
    def rows(self) -> tuple[int, int]:
        return self.first, self.second


def write(run: MatchRun, snapshot: Snapshot, arrays: Arrays, lists: TopLists) -> None:
    """Update scores, parts and ranks of all pairs found.

    Who withdrew meanwhile is left out at this last moment. Of profiles that are new or were changed since the run
    read them the run knows nothing: their pairs stay as single updates made them, and they are compared again.
    """
    with one_at_a_time(LOCK):
        digests = snapshots.digests_of(snapshot.profiles)
        allowed = set(snapshots.matchable_ids())
        known = {key for key in allowed if key in digests and digests[key] == snapshot.digests.get(key)}
        newer = allowed - known
        keys = snapshot.keys
        row_keys = [keys[public_id] for public_id in arrays.ids]
        pairs = [pair for pair in _pairs(lists, row_keys) if {row_keys[row] for row in pair.rows} <= known]
        standing = Match.objects.filter(is_current=True)
        let_go(standing.exclude(Q(first__in=newer) | Q(second__in=newer)) if newer else standing)
        for start in range(0, len(pairs), BATCH):
            upsert(matches_of(run, arrays, row_keys, pairs[start : start + BATCH]))
        if newer:
            kept = pairs_of(newer).values_list("first", "second")
            rank_again({key for pair in kept for key in pair})
            Renewal.objects.ask(list(newer), timezone.now())
        run.pairs = len(pairs)
        run.save(update_fields=["pairs", "updated_at"])


def _pairs(lists: TopLists, row_keys: list[int]) -> Iterable[Pair]:
    found: dict[tuple[int, int], Pair] = {}
    for row, places in enumerate(lists.partner):
        for rank, partner in enumerate(places[places >= 0], start=1):
            first, second = sorted((row, int(partner)), key=row_keys.__getitem__)
            found.setdefault((first, second), Pair(first, second)).ranks[row] = rank
    return found.values()


def matches_of(run: MatchRun, arrays: Arrays, row_keys: list[int], pairs: list[Pair]) -> Iterator[Match]:
    """Rows for these pairs with score, parts and the ranks that are known; `row_keys` are the profiles of the rows."""
    first, second = np.array([pair.rows for pair in pairs], np.int64).reshape(-1, 2).T
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


def upsert(matches: Iterable[Match]) -> None:
    """Add pairs, or renew those that were matched before."""
    Match.objects.bulk_create(
        matches,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=UPDATED,
    )
