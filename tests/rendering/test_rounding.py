"""What a reader adds up comes out as the total says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tibs.rendering.rounding import rounded_to_sum

VALUES = st.lists(st.floats(-1, 1, allow_nan=False), max_size=12)


@given(VALUES, st.integers(0, 4))
def test_rounded_values_add_up_to_the_rounded_sum(values, digits):
    rounded = rounded_to_sum(values, digits)

    assert round(sum(rounded), digits) == pytest.approx(
        round(sum(values) * 10**digits) / 10**digits, abs=1e-9
    )


@given(VALUES, st.integers(0, 4))
def test_no_value_moves_by_a_whole_unit(values, digits):
    rounded = rounded_to_sum(values, digits)

    assert all(abs(new - old) < 1.001 * 10**-digits for new, old in zip(rounded, values, strict=True))


def test_plain_rounding_would_not_add_up():
    assert rounded_to_sum([0.144, 0.144, 0.144], 2) == [0.15, 0.14, 0.14]
