"""Bars add up to what they show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tibs.rendering.bars import Part, signed_bars, stacked_bars

parts_lists = st.lists(
    st.builds(
        Part, label=st.just("part"), value=st.floats(min_value=-10, max_value=10).map(lambda x: round(x, 4))
    ),
    max_size=8,
)


@given(parts_lists)
def test_total_is_the_sum_of_the_parts(parts):
    bars = stacked_bars(parts)

    assert bars.total == pytest.approx(sum(part.value for part in parts))


@given(parts_lists)
def test_bars_stay_inside_the_drawing(parts):
    for bars in (signed_bars(parts), stacked_bars(parts)):
        for bar in bars.bars:
            assert bar.x >= -0.01
            assert bar.x + bar.width <= 100.01


@given(parts_lists)
def test_negative_parts_end_at_zero_or_left_of_it(parts):
    for bars in (signed_bars(parts), stacked_bars(parts)):
        for bar in bars.bars:
            if bar.value < 0:
                assert bar.x + bar.width <= bars.zero + 0.01
            elif bar.value > 0:
                assert bar.x >= bars.zero - 0.01


def test_stacked_parts_stand_end_to_end():
    bars = stacked_bars([Part("a", 0.5), Part("b", 0.3)], reach=1)

    assert [(bar.x, bar.width) for bar in bars.bars] == [(0, 50), (50, 30)]


def test_signed_parts_start_at_a_common_zero():
    bars = signed_bars([Part("a", 3), Part("b", -1)])

    assert bars.zero == 25
    assert [(bar.x, bar.width) for bar in bars.bars] == [(25, 75), (0, 25)]


def test_only_the_strongest_part_is_amber():
    bars = signed_bars([Part("a", 0.1), Part("b", 0.4), Part("c", -0.2), Part("d", 0.3)])

    assert [bar.tone for bar in bars.bars] == ["2", "1", "minus", "3"]


def test_nothing_but_zeros_draws_nothing():
    bars = stacked_bars([Part("a", 0), Part("b", 0)])

    assert [bar.width for bar in bars.bars] == [0, 0]
