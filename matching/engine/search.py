"""Exact search: the best foreign partners of every profile, or of one.

One process: `search_all`. Many workers: `plan_tiles`, `run_tile` for each tile in any order and place,
`merge`. Both then `rescore`. One changed profile or a typed request: `search_one`, one row of products.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.engine import tiles
from matching.engine.features import Arrays, build_rows
from matching.engine.profiles import Profile
from matching.engine.score import pair_parts, pair_score
from matching.engine.tiles import Tile, plan_tiles
from matching.engine.topk import Best, entry_ranks, entry_scores, make_entries

__all__ = [
    "KEEP",
    "TOP",
    "Candidates",
    "Ranked",
    "Tile",
    "TopLists",
    "merge",
    "plan_tiles",
    "rescore",
    "run_tile",
    "search_all",
    "search_one",
]

KEEP = 64
TOP = 50
CHUNK = 512


@dataclass(frozen=True, eq=False)
class Candidates:
    """What a tile found: `partner` may be among the best of `row`; flat arrays [m]."""

    row: NDArray[np.int32]
    partner: NDArray[np.int32]
    score: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class TopLists:
    """For each row its best partners' rows [n, k], -1 where there are fewer, scores [n, k], best first."""

    partner: NDArray[np.int32]
    score: NDArray[np.float64]


@dataclass(frozen=True)
class Ranked:
    """One partner of a profile: row and public id, the score and both directions (not clamped)."""

    row: int
    id: str
    score: float
    forward: float
    backward: float


def run_tile(arrays: Arrays, tile: Tile, keep: int = KEEP) -> Candidates:
    """Return the tile's `keep` best partners for each of its rows and of its columns."""
    mine = Best(tile.row_stop - tile.row_start, keep)
    theirs = Best(tile.column_stop - tile.column_start, keep)
    tiles.scan(arrays, tile, mine, theirs, (tile.row_start, tile.column_start))
    found = [_candidates(arrays, mine, tile.row_start), _candidates(arrays, theirs, tile.column_start)]
    return _join(found)


def merge(arrays: Arrays, candidates: Iterable[Candidates], keep: int = KEEP) -> TopLists:
    """Join what all tiles found; the order does not matter, a tile given twice changes nothing."""
    best = Best(len(arrays), keep)
    joined = _join(list(candidates))
    pairs = joined.row.astype(np.int64) * max(len(arrays), 1) + joined.partner
    _, first = np.unique(pairs, return_index=True)
    rows, partners, scores = joined.row[first], joined.partner[first], joined.score[first]
    best.add(rows, make_entries(scores, arrays.id_rank[partners]))
    return _top_lists(arrays, best)


def search_all(arrays: Arrays, keep: int = KEEP) -> TopLists:
    """Return the `keep` best partners of every row, scores as the matrix products gave them."""
    best = Best(len(arrays), keep)
    for start, stop in tiles.country_spans(arrays):
        tiles.scan(arrays, Tile(start, stop, stop, len(arrays)), best, best, (0, 0))
    return _top_lists(arrays, best)


def rescore(arrays: Arrays, lists: TopLists, top: int = TOP) -> TopLists:
    """Score the kept partners again by the routine that makes the parts; order by score, then public id."""
    scores = np.zeros(lists.partner.shape)
    for start in range(0, len(arrays), max(1, CHUNK // max(1, lists.partner.shape[1]))):
        stop = start + max(1, CHUNK // max(1, lists.partner.shape[1]))
        row, place = np.nonzero(lists.partner[start:stop] >= 0)
        partners = lists.partner[start:stop][row, place]
        scores[start:stop][row, place] = pair_parts(arrays, row + start, arrays, partners).scores
    ranks = np.where(scores > 0, arrays.id_rank[lists.partner], len(arrays))
    order = np.lexsort((ranks, -scores), axis=1)[:, :top]
    scores = np.take_along_axis(scores, order, axis=1)
    partner = np.take_along_axis(lists.partner, order, axis=1)
    return TopLists(np.where(scores > 0, partner, -1).astype(np.int32), scores)


def search_one(
    arrays: Arrays, profile: Profile, top: int = TOP, barred: Collection[str] = ()
) -> list[Ranked]:
    """Rank the partners of one profile against the snapshot: a changed profile, a draft or a typed request.

    The profile need not be in the snapshot or matchable itself. `barred` are ids or company keys that it must
    not meet; pairs barred in the snapshot hold if its id is there.
    """
    query = build_rows([profile], arrays.layout, arrays.weights, arrays.means)
    f = arrays.offered @ query.sought[0] + arrays.niche_table[query.sought_niche[0], arrays.offered_niche]
    g = arrays.sought @ query.offered[0] + arrays.niche_table[arrays.sought_niche, query.offered_niche[0]]
    scores = pair_score(f, g)
    scores[~_allowed(arrays, profile, query, barred)] = 0
    kept = np.flatnonzero(scores > 0)
    if len(kept) > KEEP + top:
        kept = kept[np.argpartition(scores[kept], -(KEEP + top))[-(KEEP + top) :]]
    parts = pair_parts(query, np.zeros(len(kept), np.int64), arrays, kept)
    exact, (forward, backward) = parts.scores, parts.directions
    order = np.lexsort((arrays.id_rank[kept], -exact))[:top]
    return [
        Ranked(
            int(kept[at]),
            arrays.ids[kept[at]],
            float(exact[at]),
            float(forward[at]),
            float(backward[at]),
        )
        for at in order
        if exact[at] > 0
    ]


def _allowed(arrays: Arrays, profile: Profile, query: Arrays, barred: Collection[str]) -> NDArray[np.bool_]:
    allowed = arrays.matchable & query.accepts[0][arrays.country] & arrays.accepts[:, query.country[0]]
    for key in {*barred, profile.id, profile.company} - {""}:
        allowed[list(arrays.rows_of.get(key, ()))] = False
    for row in arrays.rows_of.get(profile.id, ()):
        allowed[arrays.barred[arrays.barred[:, 0] == row, 1]] = False
        allowed[arrays.barred[arrays.barred[:, 1] == row, 0]] = False
    return np.asarray(allowed)


def _candidates(arrays: Arrays, best: Best, offset: int) -> Candidates:
    entries = best.finished()
    row, place = np.nonzero(entries)
    by_rank = np.argsort(arrays.id_rank)
    found = entries[row, place]
    return Candidates(
        (row + offset).astype(np.int32), by_rank[entry_ranks(found)].astype(np.int32), entry_scores(found)
    )


def _join(parts: list[Candidates]) -> Candidates:
    empty = Candidates(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
    parts = [empty, *parts]
    return Candidates(
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.partner for part in parts]),
        np.concatenate([part.score for part in parts]),
    )


def _top_lists(arrays: Arrays, best: Best) -> TopLists:
    entries = best.finished()
    by_rank = np.argsort(arrays.id_rank)
    partner = np.full(entries.shape, -1, np.int32)
    partner[entries > 0] = by_rank[entry_ranks(entries[entries > 0])]
    return TopLists(partner, entry_scores(entries).astype(np.float64))
