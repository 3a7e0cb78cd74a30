"""Rounding for readers who add up."""

from collections.abc import Sequence
from math import floor


def rounded_to_sum(values: Sequence[float], digits: int) -> list[float]:
    """Round every value so that the rounded ones add up to the rounded sum (method of largest remainders).

    Each result lies less than one unit of the last digit from its value.
    """
    unit = 10**digits
    floors = [floor(value * unit) for value in values]
    short = round(sum(values) * unit) - sum(floors)
    by_remainder = sorted(range(len(values)), key=lambda place: floors[place] - values[place] * unit)
    raised = set(by_remainder[:short])
    return [(low + (place in raised)) / unit for place, low in enumerate(floors)]
