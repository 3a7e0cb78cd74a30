"""Shades of a map are few, ordered and fair."""

from hypothesis import given
from hypothesis import strategies as st

from tibs.rendering.classes import quantile_scale

values_lists = st.lists(st.integers(min_value=0, max_value=50), max_size=40)


@given(values_lists)
def test_a_higher_value_never_gets_a_lighter_shade(values):
    scale = quantile_scale(values)

    levels = [scale.level(value) for value in sorted(values)]

    assert levels == sorted(levels)


@given(values_lists)
def test_every_value_lies_in_the_step_of_its_level(values):
    scale = quantile_scale(values)
    by_level = {step.level: step for step in scale.steps}

    for value in values:
        if value:
            step = by_level[scale.level(value)]
            assert step.low <= value <= step.high


@given(values_lists)
def test_no_step_of_the_legend_is_empty(values):
    scale = quantile_scale(values)

    assert {step.level for step in scale.steps} == {scale.level(value) for value in values if value}


def test_missing_and_zero_values_stay_without_shade():
    scale = quantile_scale([None, 0, 3])

    assert [scale.level(value) for value in (None, 0, 3)] == [0, 0, 4]


def test_nothing_known_gives_an_empty_legend():
    assert quantile_scale([]).steps == ()
