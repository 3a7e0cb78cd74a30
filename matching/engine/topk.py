"""The best partners of each row, collected from any order of candidates.

An entry is one integer: the bits of its positive float32 score above the partner's rank, turned round. So the
larger entry is the better partner, ties go to the smaller public id, and plain integers can be partitioned.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Rows = NDArray[np.integer]

# A row holds up to this many times the entries it keeps before it is sorted out.
ROOM = 2

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
    """Up to `keep` best entries for each of `rows` rows, with room to add some before sorting out."""

    def __init__(self, rows: int, keep: int) -> None:
        self.keep = keep
        self.entries = np.zeros((rows, int(ROOM * keep)), np.int64)
        self.fill = np.zeros(rows, np.int64)
        # No entry below its row's floor can be among the best any more.
        self.floor = np.zeros(rows, np.float32)
        self.seeded = np.zeros(rows, np.bool_)

    def seed(self, span: slice, floors: Floats) -> None:
        """Set first floors of a span of rows; the caller knows `keep` entries at least as good in each."""
        self.floor[span] = np.maximum(self.floor[span], floors)
        self.seeded[span] = True

    def add(self, rows: Rows, entries: Integers) -> None:
        """Add one entry to each of `rows`, which must be sorted and may repeat."""
        if not len(rows):
            return
        starts = np.concatenate([[0], np.flatnonzero(rows[1:] != rows[:-1]) + 1])
        counts = np.diff(starts, append=len(rows))
        touched = rows[starts]
        filled = self.fill[touched]
        full = filled + counts > self.entries.shape[1]
        place = np.arange(len(rows)) + np.repeat(filled - starts, counts)
        if full.any():
            of_full = np.repeat(full, counts)
            nth = np.repeat(np.cumsum(full) - 1, counts)[of_full]
            joined = np.zeros((np.count_nonzero(full), int((filled + counts)[full].max())), np.int64)
            width = min(joined.shape[1], self.entries.shape[1])
            joined[:, :width] = self.entries[touched[full], :width]
            joined[nth, place[of_full]] = entries[of_full]
            self._sort_out(touched[full], joined)
            rows, entries, place = rows[~of_full], entries[~of_full], place[~of_full]
        self.entries[rows, place] = entries
        self.fill[touched] = np.where(full, self.keep, filled + counts)

    def finished(self) -> Integers:
        """Return [rows, keep] entries, best first, zeros where there are fewer."""
        return np.asarray(-np.sort(-self.entries, axis=1)[:, : self.keep])

    def _sort_out(self, rows: Rows, joined: Integers) -> None:
        """Keep the best of `joined` [rows, any], and raise the floors of the rows."""
        joined.partition(joined.shape[1] - self.keep, axis=1)
        best = joined[:, -self.keep :]
        self.entries[rows, : self.keep] = best
        self.entries[rows, self.keep :] = 0
        self.floor[rows] = np.maximum(self.floor[rows], entry_scores(best.min(axis=1)))
