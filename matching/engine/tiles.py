"""The exact pass over all foreign pairs, cut into tiles that any worker can compute alone.

Rows are sorted by country, so the partners of a country's rows that no earlier row has met are one slice.
Within a tile, every pair's two directions are matrix products. With m = (f + g) / 2 of the clamped
directions, m <= s <= 9/8 m, so only pairs whose 9/8 m reaches the row's floor need s itself; maxima of
groups of pairs find them without looking at each one.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matching.engine.features import Arrays
from matching.engine.score import pair_score
from matching.engine.topk import Best, make_entries

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Ranks = NDArray[np.int32]

ROWS = 768
COLUMNS = 768
GROUP = 4
# s <= 9/8 m = 9/16 (f + g); the margin covers the rounding of float32 sums.
REACH = np.float32(16 / 9 * (1 - 1e-5))


@dataclass(frozen=True)
class Tile:
    """Rows start..stop of one country against later rows of other countries; every pair is in one tile."""

    row_start: int
    row_stop: int
    column_start: int
    column_stop: int


def plan_tiles(arrays: Arrays, size: int = 4096) -> list[Tile]:
    """Cut all unordered foreign pairs into tiles of at most size x size, independent of each other."""
    total = len(arrays)
    return [
        Tile(row, min(row + size, stop), column, min(column + size, total))
        for start, stop in country_spans(arrays)
        for row in range(start, stop, size)
        for column in range(stop, total, size)
    ]


def country_spans(arrays: Arrays) -> list[tuple[int, int]]:
    """Return start and stop of each country's rows."""
    return runs(arrays.country)


def runs(values: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Return start and stop of each run of equal values."""
    edges = np.flatnonzero(np.diff(values)) + 1
    bounds = [0, *(int(edge) for edge in edges), len(values)]
    return [(start, stop) for start, stop in pairwise(bounds) if stop > start]


def scan(arrays: Arrays, tile: Tile, mine: Best, theirs: Best, offsets: tuple[int, int]) -> None:
    """Add the tile's candidates for its rows to `mine` and for its columns to `theirs`.

    `offsets` are the rows that place 0 of `mine` and of `theirs` stand for.
    """
    for row in range(tile.row_start, tile.row_stop, ROWS):
        for column in range(tile.column_start, tile.column_stop, COLUMNS):
            rows = slice(row, min(row + ROWS, tile.row_stop))
            columns = slice(column, min(column + COLUMNS, tile.column_stop))
            block = _compute(arrays, rows, columns)
            _collect_for_rows(block, mine, row - offsets[0], arrays.id_rank[columns])
            _collect_for_columns(block, theirs, column - offsets[1], arrays.id_rank[rows])


@dataclass(frozen=True, eq=False)
class _Block:
    """Clamped directions of rows x columns, and their sum, which is 0 where a hard rule forbids the pair."""

    f: Floats
    g: Floats
    total: Floats

    @property
    def height(self) -> int:
        return len(self.total)

    @property
    def width(self) -> int:
        return len(self.total.T)

    def entries(self, found: Integers, floor: Floats, ranks: Ranks) -> tuple[Integers, Integers]:
        """Score the pairs at flat places `found`; return entries of those that reach the floor, and which."""
        scores = pair_score(self.f.ravel()[found], self.g.ravel()[found])
        good = np.flatnonzero(scores >= floor)
        return make_entries(scores[good], ranks[good]), good


def _compute(arrays: Arrays, rows: slice, columns: slice) -> _Block:
    table, groups = arrays.niche_table, arrays.niche_groups
    f = arrays.sought[rows] @ arrays.offered[columns].T
    g = arrays.offered[rows] @ arrays.sought[columns].T
    _add_niches(f, table, groups, arrays.sought_niche[rows], arrays.offered_niche[columns])
    _add_niches(g, table.T, groups, arrays.offered_niche[rows], arrays.sought_niche[columns])
    np.maximum(f, 0, out=f)
    np.maximum(g, 0, out=g)
    total = f + g
    _forbid(arrays, rows, columns, total)
    return _Block(f, g, total)


def _add_niches(products: Floats, table: Floats, groups: Ranks, mine: Ranks, theirs: Ranks) -> None:
    """Add table[mine[i], theirs[j]] where both are of one group: elsewhere the table holds zeros."""
    my_groups, their_groups = groups[mine], groups[theirs]
    order = np.argsort(their_groups, kind="stable")
    ordered = their_groups[order]
    first = np.searchsorted(ordered, my_groups, "left")
    counts = np.where(my_groups > 0, np.searchsorted(ordered, my_groups, "right") - first, 0)
    row = np.repeat(np.arange(len(mine)), counts)
    place = np.arange(len(row)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    column = order[place]
    products[row, column] += table[mine[row], theirs[column]]


def _forbid(arrays: Arrays, rows: slice, columns: slice, total: Floats) -> None:
    """Set pairs that break a hard rule to 0: no candidate, and no help in raising a floor."""
    home = arrays.country[rows.start]
    welcome = arrays.matchable[columns] & arrays.accepts[columns, home]
    if not welcome.all():
        np.multiply(total, welcome.astype(np.float32), out=total)
    countries = arrays.country[columns]
    for start, stop in runs(countries):
        willing = arrays.matchable[rows] & arrays.accepts[rows, countries[start]]
        total[np.flatnonzero(~willing), start:stop] = 0
    first, second = arrays.barred.T
    inside = (first >= rows.start) & (first < rows.stop) & (second >= columns.start) & (second < columns.stop)
    total[first[inside] - rows.start, second[inside] - columns.start] = 0


def _collect_for_rows(block: "_Block", best: Best, start: int, ranks: Ranks) -> None:
    """Add to `best`, from its row `start` on, what may be among the best of the block's rows."""
    span = slice(start, start + block.height)
    if not best.seeded[span].all():
        best.seed(span, _first_floor(block.total, best.keep))
    floor = best.floor[span]
    found = np.flatnonzero(block.total > REACH * floor[:, None])
    row = found // block.width
    entries, good = block.entries(found, floor[row], ranks[found - row * block.width])
    best.add(row[good] + start, entries)


def _collect_for_columns(block: "_Block", best: Best, start: int, ranks: Ranks) -> None:
    """Likewise for the block's columns."""
    span = slice(start, start + block.width)
    if not best.seeded[span].all():
        best.seed(span, _first_floor(np.ascontiguousarray(block.total.T), best.keep))
    floor = best.floor[span]
    found = np.flatnonzero(block.total > REACH * floor)
    row = found // block.width
    column = found - row * block.width
    entries, good = block.entries(found, floor[column], ranks[row])
    column = column[good]
    order = np.argsort(column.astype(np.uint16), kind="stable")
    best.add(column[order] + start, entries[order])


def _first_floor(total: Floats, keep: int) -> Floats:
    """Return for each row a score that at least `keep` of its pairs reach: 0 if it has fewer.

    Half the keep-th largest of the maxima of disjoint groups is such a score, as m <= s.
    """
    step = max(-(-total.shape[1] // GROUP), keep)
    if total.shape[1] < keep:
        return np.zeros(len(total), np.float32)
    maxima = total[:, :step].copy()
    for shift in range(step, total.shape[1], step):
        part = total[:, shift : shift + step]
        np.maximum(maxima[:, : part.shape[1]], part, out=maxima[:, : part.shape[1]])
    kth = np.partition(maxima, step - keep, axis=1)[:, step - keep]
    return np.asarray(kth / 2, np.float32)
