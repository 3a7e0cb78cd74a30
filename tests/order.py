"""The order of a run by two processes: each gets half of the tests and takes from the other's end when it is done."""

from collections.abc import Sequence
from itertools import groupby

import pytest


def long_ones_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The same tests, the long ones in turn at the head of each half, so that no process is left with one at the end.

    Those of a module stay together, as they may share what takes long.
    """
    long = [item for item in items if item.get_closest_marker("long")]
    short = [item for item in items if not item.get_closest_marker("long")]
    heads: tuple[list[pytest.Item], list[pytest.Item]] = ([], [])
    for number, (_path, tests) in enumerate(groupby(long, key=lambda item: item.path)):
        heads[number % 2].extend(tests)
    middle = max(0, len(items) // 2 - len(heads[0]))
    return [*heads[0], *short[:middle], *heads[1], *short[middle:]]
