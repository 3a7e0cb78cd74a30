"""The order of a run: long tests begin each half, and none is left out."""

from dataclasses import dataclass

import pytest

from tests.order import long_ones_first


@dataclass(frozen=True)
class Item:
    path: str
    is_long: bool = False

    def get_closest_marker(self, name):
        return self.is_long or None if name == "long" else None


SHORT = [Item(f"short {number}") for number in range(7)]
DRILL, DEMO, IMPORT = (Item(name, is_long=True) for name in ("drill", "demo", "import"))


def test_long_tests_are_at_the_head_of_both_halves():
    assert long_ones_first([*SHORT, DRILL, DEMO, IMPORT]) == [
        DRILL, IMPORT, *SHORT[:3], DEMO, *SHORT[3:]
    ]  # fmt: skip


def test_long_tests_of_a_module_stay_together():
    ordered = long_ones_first([DEMO, *SHORT, DEMO])

    assert ordered == [DEMO, DEMO, *SHORT]


@pytest.mark.parametrize("tests", [[], [DRILL], [DRILL, DEMO], SHORT, [SHORT[0], DRILL]])
def test_no_test_is_left_out(tests):
    assert sorted(long_ones_first(tests), key=str) == sorted(tests, key=str)
