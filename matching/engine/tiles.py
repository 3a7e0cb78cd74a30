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

ROWS = 512
COLUMNS = 1024
GROUP = 8
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
    edges = np.flatnonzero(np.diff(arrays.country)) + 1
    bounds = [0, *(int(edge) for edge in edges), len(arrays)]
    return [(start, stop) for start, stop in pairwise(bounds) if stop > start]


def scan(arrays: Arrays, tile: Tile, mine: Best, theirs: Best, offsets: tuple[int, int]) -> None:
    """Add the tile's candidates for its rows to `mine` and for its columns to `theirs`.

    `offsets` are the rows that place 0 of `mine` and of `theirs` stand for.
    """
    for row in range(tile.row_start, tile.row_stop, ROWS):
        for column in range(tile.column_start, tile.column_stop, COLUMNS):
            rows = slice(row, min(row + ROWS, tile.row_stop))
            columns = slice(column, min(column + COLUMNS, tile.column_stop))
            f, g = _directions(arrays, rows, columns)
            total = f + g
            _forbid(arrays, rows, columns, total)
            ranks = arrays.id_rank
            _collect(total, f, g, mine, row - offsets[0], ranks[columns])
            _collect(total.T, f.T, g.T, theirs, column - offsets[1], ranks[rows])


def _directions(arrays: Arrays, rows: slice, columns: slice) -> tuple[Floats, Floats]:
    table = arrays.niche_table
    f = arrays.sought[rows] @ arrays.offered[columns].T
    g = arrays.offered[rows] @ arrays.sought[columns].T
    if len(table) > 1:
        f += np.take(table[arrays.sought_niche[rows]], arrays.offered_niche[columns], axis=1)
        g += np.take(table.T[arrays.offered_niche[rows]], arrays.sought_niche[columns], axis=1)
    return np.maximum(f, 0, out=f), np.maximum(g, 0, out=g)


def _forbid(arrays: Arrays, rows: slice, columns: slice, total: Floats) -> None:
    """Set pairs that break a hard rule to 0: no candidate, and no help in raising a floor."""
    home = arrays.country[rows.start]
    total[~arrays.matchable[rows]] = 0
    total[:, ~(arrays.matchable[columns] & arrays.accepts[columns, home])] = 0
    refused = ~arrays.accepts[rows][:, arrays.country[columns]]
    if refused.any():
        total[refused] = 0
    first, second = arrays.barred.T
    inside = (first >= rows.start) & (first < rows.stop) & (second >= columns.start) & (second < columns.stop)
    total[first[inside] - rows.start, second[inside] - columns.start] = 0


def _collect(total: Floats, f: Floats, g: Floats, best: Best, start: int, ranks: NDArray[np.int32]) -> None:
    """Add to `best`, from its row `start` on, what may be among the best of each row of `total` [r, c]."""
    rows, width = total.shape
    step = -(-width // GROUP)
    maxima = np.zeros_like(total[:, :step])
    for shift in range(0, width, step):
        part = total[:, shift : shift + step]
        np.maximum(maxima[:, : part.shape[1]], part, out=maxima[:, : part.shape[1]])
    if step >= best.keep and not best.floor[start : start + rows].all():
        floors = np.partition(maxima, -best.keep, axis=1)[:, -best.keep] / 2
        best.raise_floor(start, np.asarray(floors, np.float32))
    floor = best.floor[start : start + rows]
    hit_rows, hit_groups = np.nonzero(maxima > np.maximum(REACH * floor, 0)[:, None])
    row, column = _expand(total, hit_rows, hit_groups, step, REACH * floor)
    scores = pair_score(f[row, column], g[row, column])
    good = (scores >= floor[row]) & (scores > 0)
    best.add(row[good] + start, make_entries(scores[good].astype(np.float32), ranks[column[good]]))


def _expand(
    total: Floats, rows: Integers, groups: Integers, step: int, reach: Floats
) -> tuple[Integers, Integers]:
    """Return the pairs inside the groups that reach their row's threshold."""
    width = total.shape[1]
    columns = groups[:, None] + step * np.arange(-(-width // step))
    outside = columns >= width
    values = total[rows[:, None], np.where(outside, 0, columns)]
    found, place = np.nonzero((values > reach[rows][:, None]) & (values > 0) & ~outside)
    return rows[found], columns[found, place]
