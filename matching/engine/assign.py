"""Who is shown to whom, so that nobody is shown to everyone: greedy under each company's capacity.

Greedy by score reaches at least half of the best possible sum, and in practice nearly all of it. An exact
min-cost flow would need a solver that the platform does not depend on, so it is left out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.engine.search import TopLists


def assign(lists: TopLists, companies: Sequence[str], capacity: Sequence[int], shown: int) -> list[list[int]]:
    """Return for each row the partners' rows to show, best first, at most `shown` of them.

    `companies[row]` is the company behind a row ('' counts each row alone) and `capacity[row]` in how many
    lists that company can still appear; rows of one company share it, and the smallest number named holds.
    """
    keys = [company or f"\0{row}" for row, company in enumerate(companies)]
    left: dict[str, int] = {}
    for key, places in zip(keys, capacity, strict=True):
        left[key] = min(left.get(key, places), places)
    chosen: list[list[int]] = [[] for _ in keys]
    for row, place in _best_first(lists):
        partner = int(lists.partner[row, place])
        if len(chosen[row]) < shown and left[keys[partner]] > 0:
            chosen[row].append(partner)
            left[keys[partner]] -= 1
    return chosen


def _best_first(lists: TopLists) -> NDArray[np.int64]:
    rows, places = np.nonzero(lists.partner >= 0)
    order = np.lexsort((places, rows, -lists.score[rows, places]))
    return np.stack([rows[order], places[order]], axis=1)
