"""Points and what they come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.screening_criteria import CURRENT, REASONS, TABLES, judge, reason_for

POINTS = st.lists(st.integers(0, 2), min_size=7, max_size=7)


def test_seven_criteria_with_two_hard_ones_and_eight_of_fourteen_points():
    assert len(CURRENT.criteria) == 7
    assert [criterion.is_hard for criterion in CURRENT.criteria] == [True, True, *[False] * 5]
    assert (CURRENT.threshold, CURRENT.most) == (8, 14)


def test_versions_are_found_by_their_number():
    assert all(table.version == number for number, table in TABLES.items())


@pytest.mark.parametrize(
    ("scores", "is_eligible"),
    [
        ([2, 2, 2, 2, 0, 0, 0], True),
        ([2, 2, 2, 1, 0, 0, 0], False),
        ([0, 2, 2, 2, 2, 2, 2], False),
        ([2, 0, 2, 2, 2, 2, 2], False),
        ([1, 1, 2, 2, 2, 0, 0], True),
        ([2, 2, 2, 2, 2, 2, 2], True),
    ],
)
def test_the_threshold_and_the_hard_criteria_decide(scores, is_eligible):
    assert judge(scores).is_eligible is is_eligible


@given(POINTS)
def test_one_more_point_never_makes_a_company_worse(scores):
    better = [min(2, score + 1) for score in scores]

    assert judge(better).is_eligible >= judge(scores).is_eligible


@given(POINTS)
def test_every_refusal_has_a_reason_that_exists(scores):
    assert reason_for(scores) in REASONS


@pytest.mark.parametrize("scores", [[], [2] * 6, [2] * 8, [3, *[2] * 6], [-1, *[2] * 6]])
def test_other_numbers_are_no_points(scores):
    with pytest.raises(ValueError, match="0 to 2 points"):
        judge(scores)
