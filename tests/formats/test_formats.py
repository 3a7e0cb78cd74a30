"""Dates and numbers in each language as CLDR has them (Unicode Common Locale Data Repository, version 46)."""

from datetime import date, datetime

import pytest
from django.utils.formats import date_format, get_format, number_format
from django.utils.translation import override

from tibs.core.languages import LANGUAGE_CODES

DAY = date(2026, 3, 9)
SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("en", "9 March 2026", "09/03/2026"),
        ("et", "9. märts 2026", "09.03.2026"),
        ("lt", "2026 m. kovo 9 d.", "2026-03-09"),
        ("pl", "9 marca 2026", "9.03.2026"),
    ],
)
def test_dates_are_written_as_people_write_them(language, long, short):
    with override(language):
        assert date_format(DAY).lower() == long.lower()
        assert date_format(DAY, "SHORT_DATE_FORMAT") == short


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_day_has_twenty_four_hours(language):
    with override(language):
        written = date_format(datetime(2026, 3, 9, 14, 5), "DATETIME_FORMAT")

    assert "14:05" in written or "14.05" in written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,234,567.89"),
        ("et", f"1{SPACE}234{SPACE}567,89"),
        ("lt", f"1{SPACE}234{SPACE}567,89"),
        ("pl", f"1{SPACE}234{SPACE}567,89"),
    ],
)
def test_numbers_are_grouped_as_people_group_them(language, written):
    with override(language):
        assert number_format(1234567.89, force_grouping=True) == written


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_week_begins_on_monday(language):
    assert get_format("FIRST_DAY_OF_WEEK", language) == 1


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_language_reads_the_month_before_the_day(language):
    read = get_format("DATE_INPUT_FORMATS", language)

    assert "%Y-%m-%d" in read
    assert not [form for form in read if form.startswith("%m")]
