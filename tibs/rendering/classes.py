"""Classes of a shaded map or matrix: few, about equal in size, and equal values always in one class."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CLASSES = 5


@dataclass(frozen=True)
class Step:
    """One line of a legend: the class, and the lowest and highest value that it holds."""

    level: int
    low: float
    high: float


@dataclass(frozen=True)
class Scale:
    """Sorts values into classes 0 to 4. Class 0 is kept for nothing at all: a missing value or zero."""

    bounds: tuple[float, ...]
    steps: tuple[Step, ...]

    def level(self, value: float | None) -> int:
        """The class of one value."""
        if not value or value < 0 or not self.bounds:
            return 0
        index = min(bisect_left(self.bounds, value), len(self.bounds) - 1)
        return self.steps[index].level


def quantile_scale(values: Iterable[float | None]) -> Scale:
    """Cut the positive values into up to four classes by quantiles; equal values are never parted.

    With fewer than four different values each value is its own class, counted down from the darkest.
    """
    ordered = sorted(value for value in values if value is not None and value > 0)
    bounds = _upper_bounds(ordered)
    first_level = CLASSES - len(bounds)
    steps = tuple(
        Step(level=first_level + index, low=_lowest_above(ordered, bounds, index), high=bound)
        for index, bound in enumerate(bounds)
    )
    return Scale(bounds=bounds, steps=steps)


def _upper_bounds(ordered: Sequence[float]) -> tuple[float, ...]:
    distinct = sorted(set(ordered))
    wanted = CLASSES - 1
    if len(distinct) <= wanted:
        return tuple(distinct)
    last = len(ordered) - 1
    return tuple(sorted({ordered[round(last * part / wanted)] for part in range(1, wanted + 1)}))


def _lowest_above(ordered: Sequence[float], bounds: tuple[float, ...], index: int) -> float:
    if index == 0:
        return ordered[0]
    return next(value for value in ordered if value > bounds[index - 1])
