"""The best partners of each row, collected from any order of candidates.

An entry is one integer: the bits of its positive float32 score above the partner's rank, turned round. So the
larger entry is the better partner, ties go to the smaller public id, and plain integers can be partitioned.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Rows = NDArray[np.integer]

_LOW = np.int64(0xFFFFFFFF)


def make_entries(scores: Floats, ranks: Rows) -> Integers:
    """Join positive scores and the partners' ranks by public id."""
    bits = np.ascontiguousarray(scores, np.float32).view(np.int32).astype(np.int64)
    return (bits << 32) | (_LOW - ranks)


def entry_scores(entries: Integers) -> Floats:
    """Return the scores; 0 for an empty place."""
    return np.ascontiguousarray((entries >> 32).astype(np.int32)).view(np.float32)


def entry_ranks(entries: Integers) -> Integers:
    """Return the partners' ranks; meaningless for an empty place."""
    return _LOW - (entries & _LOW)


class Best:
    """Up to `keep` best entries for each of `rows` rows, with room to add many before sorting out."""

    def __init__(self, rows: int, keep: int) -> None:
        self.keep = keep
        self.entries = np.zeros((rows, 3 * keep), np.int64)
        self.fill = np.zeros(rows, np.int64)
        # No entry below its row's floor can be among the best any more.
        self.floor = np.zeros(rows, np.float32)

    def raise_floor(self, start: int, floors: Floats) -> None:
        """Raise the floors of the rows from `start` on; the caller knows `keep` entries at least as good."""
        span = slice(start, start + len(floors))
        np.maximum(self.floor[span], floors, out=self.floor[span])

    def add(self, rows: Rows, entries: Integers) -> None:
        """Add one entry to each of `rows`, which must be sorted and may repeat."""
        if not len(rows):
            return
        touched, starts, counts = np.unique(rows, return_index=True, return_counts=True)
        if counts.max() > 2 * self.keep:
            rows, entries = self._trim(rows, entries)
            touched, starts, counts = np.unique(rows, return_index=True, return_counts=True)
        full = touched[self.fill[touched] + counts > self.entries.shape[1]]
        self._sort_out(full)
        places = np.arange(len(rows)) - np.repeat(starts, counts) + np.repeat(self.fill[touched], counts)
        self.entries[rows, places] = entries
        self.fill[touched] += counts

    def finished(self) -> Integers:
        """Return [rows, keep] entries, best first, zeros where there are fewer."""
        return np.asarray(-np.sort(-self.entries, axis=1)[:, : self.keep])

    def _trim(self, rows: Rows, entries: Integers) -> tuple[Rows, Integers]:
        order = np.lexsort((-entries, rows))
        rows, entries = rows[order], entries[order]
        _, starts, counts = np.unique(rows, return_index=True, return_counts=True)
        kept = np.arange(len(rows)) - np.repeat(starts, counts) < self.keep
        return rows[kept], entries[kept]

    def _sort_out(self, rows: Rows) -> None:
        if not len(rows):
            return
        best = np.partition(self.entries[rows], -self.keep, axis=1)[:, -self.keep :]
        self.entries[rows] = 0
        self.entries[rows, : self.keep] = best
        self.fill[rows] = self.keep
        np.maximum.at(self.floor, rows, entry_scores(best.min(axis=1)))
