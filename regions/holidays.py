"""National holidays by rules, so that they are known for every year.

A rule is one of
    05-01               the same date each year
    easter+39           days after (or before, `easter-2`) Easter Sunday
    friday from 06-19   the first such weekday on or after a date
    05-04 or monday     a date that moves to Monday when it falls on a weekend
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
RULE = re.compile(rf"{DAY}( or monday)?|easter[+-]\d{{1,2}}|({'|'.join(WEEKDAYS)}) from {DAY}")


def is_rule(rule: str) -> bool:
    """Whether the rule can be read and names a date that every year has."""
    try:
        return RULE.fullmatch(rule) is not None and bool(_day(rule, 2023))
    except ValueError:
        return False


def holidays(rules: Iterable[str], year: int) -> frozenset[date]:
    """The days off that the rules give in a year."""
    return frozenset(_day(rule, year) for rule in rules)


def _day(rule: str, year: int) -> date:
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    day = date.fromisoformat(f"{year}-{rule.removesuffix(' or monday')[-5:]}")
    if rule.endswith(" or monday"):
        return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
    if " from " in rule:
        return day + timedelta(days=(WEEKDAYS.index(rule.split()[0]) - day.weekday()) % 7)
    return day


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)
