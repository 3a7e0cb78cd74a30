"""Whether the items of a block measure one thing: for staff, from enough assessments on."""

from dataclasses import dataclass

import numpy as np

from companies.assessments.sheets import Doubles


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha of a block, and each item's correlation with the mean of the others; NaN is None."""

    count: int
    alpha: float | None
    item_rest: tuple[float | None, ...]


def reliability(answers: Doubles, *, at_least: int) -> Reliability:
    """Judge answers [n, items], NaN where missing; rows with a gap are left out.

    alpha = k / (k - 1) * (1 - sum of item variances / variance of row sums). None under `at_least` complete rows, or
    where nothing varies.
    """
    complete = answers[~np.isnan(answers).any(axis=1)]
    count, items = complete.shape
    if count < at_least or items < 2:
        return Reliability(count, None, (None,) * items)
    whole = complete.sum(axis=1)
    spread = whole.var(ddof=1)
    alpha = None
    if spread > 0:
        alpha = float(items / (items - 1) * (1 - complete.var(axis=0, ddof=1).sum() / spread))
    rest = tuple(_correlation(column, whole - column) for column in complete.T)
    return Reliability(count, alpha, rest)


def _correlation(left: Doubles, right: Doubles) -> float | None:
    if left.std() == 0 or right.std() == 0:
        return None
    return float(np.corrcoef(left, right)[0, 1])
