"""Recommendation 2003/361/EC, annex, article 2."""

import pytest

from companies.choices import SizeClass
from companies.size import size_class, size_class_by_bands

MICRO, SMALL, MEDIUM, LARGE = SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE


@pytest.mark.parametrize(
    ("employees", "expected"),
    [
        (0, MICRO),
        (9, MICRO),
        (10, SMALL),
        (49, SMALL),
        (50, MEDIUM),
        (249, MEDIUM),
        (250, LARGE),
        (90000, LARGE),
    ],
)
def test_staff_decides_where_nothing_else_is_known(employees, expected):
    assert size_class(employees) == expected


@pytest.mark.parametrize(
    ("employees", "turnover", "balance", "expected"),
    [
        (9, 2.0, 2.0, MICRO),
        (9, 2.1, 2.0, MICRO),
        (9, 2.0, 2.1, MICRO),
        (9, 2.1, 2.1, SMALL),
        (49, 10.0, 10.0, SMALL),
        (49, 10.1, 10.0, SMALL),
        (49, 10.1, 10.1, MEDIUM),
        (249, 50.0, 43.0, MEDIUM),
        (249, 50.1, 43.0, MEDIUM),
        (249, 50.0, 43.1, MEDIUM),
        (249, 50.1, 43.1, LARGE),
        (3, 900.0, 900.0, LARGE),
        (250, 1.0, 1.0, LARGE),
        (9, 2.1, None, SMALL),
        (9, None, 2.0, MICRO),
    ],
)
def test_one_of_turnover_and_balance_sheet_must_fit(employees, turnover, balance, expected):
    assert size_class(employees, turnover, balance) == expected


def test_without_staff_nothing_is_known():
    assert size_class(None, 1.0, 1.0) == SizeClass.UNKNOWN


@pytest.mark.parametrize(
    ("staff", "turnover", "balance", "expected"),
    [
        (9, "to_2", "", SizeClass.MICRO),
        (9, "to_10", "", SizeClass.SMALL),
        (9, "to_10", "to_2", SizeClass.MICRO),
        (49, "to_10", "to_10", SizeClass.SMALL),
        (249, "to_50", "over_50", SizeClass.MEDIUM),
        (249, "over_50", "to_43", SizeClass.MEDIUM),
        (249, "over_50", "to_50", SizeClass.LARGE),
        (250, "to_2", "to_2", SizeClass.LARGE),
        (None, "to_2", "to_2", SizeClass.UNKNOWN),
        (249, "", "", SizeClass.MEDIUM),
    ],
)
def test_bands_decide_like_any_figure_inside_them(staff, turnover, balance, expected):
    assert size_class_by_bands(staff, turnover, balance) == expected
