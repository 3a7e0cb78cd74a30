from datetime import date

import pytest

from regions.holidays import easter, holidays, is_rule


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1961, date(1961, 4, 2)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_on_its_sunday(year, sunday):
    assert easter(year) == sunday


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("05-01", 2026, date(2026, 5, 1)),
        ("easter+39", 2026, date(2026, 5, 14)),
        ("easter-2", 2026, date(2026, 4, 3)),
        ("friday from 06-19", 2026, date(2026, 6, 19)),
        ("friday from 06-19", 2027, date(2027, 6, 25)),
        ("05-04 or monday", 2026, date(2026, 5, 4)),
        ("05-04 or monday", 2025, date(2025, 5, 5)),
        ("11-18 or monday", 2028, date(2028, 11, 20)),
    ],
)
def test_rule_names_its_day(rule, year, day):
    assert holidays([rule], year) == {day}


@pytest.mark.parametrize(
    "rule", ["", "13-01", "02-29", "04-31", "easter", "easter+x", "someday from 06-19", "05-04 or"]
)
def test_nonsense_is_not_a_rule(rule):
    assert not is_rule(rule)
