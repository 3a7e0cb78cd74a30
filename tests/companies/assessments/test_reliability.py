"""The reliability of a block, checked by hand."""

import numpy as np
import pytest

from companies.assessments.reliability import reliability


def test_items_that_say_the_same_have_an_alpha_of_one():
    column = np.tile([0.0, 1, 2, 3, 4], 6)

    judged = reliability(np.column_stack([column] * 3), at_least=30)

    assert judged.count == 30
    assert judged.alpha == pytest.approx(1)
    assert judged.item_rest == pytest.approx((1, 1, 1))


def test_alpha_follows_its_formula():
    answers = np.array([[1.0, 2], [2, 2], [3, 5]])

    assert reliability(answers, at_least=3).alpha == pytest.approx(2 * (1 - (1 + 3) / 7))


def test_fewer_answers_than_needed_are_not_judged():
    assert reliability(np.ones((29, 3)), at_least=30).alpha is None


def test_rows_with_a_gap_are_left_out():
    answers = np.array([[1.0, 2], [np.nan, 2], [3, 5], [2, 2]])

    assert reliability(answers, at_least=3).count == 3


def test_answers_that_do_not_vary_have_no_alpha():
    assert reliability(np.ones((30, 3)), at_least=30).alpha is None
    assert reliability(np.ones((30, 3)), at_least=30).item_rest == (None, None, None)
