"""Working days of the seven countries, compared with their calendars of 2026."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from regions.models import Country
from regions.working_days import PublicHolidays, deadline


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("PL", date(2026, 6, 4)),
        ("PL", date(2026, 12, 24)),
        ("FI", date(2026, 6, 19)),
        ("DK", date(2026, 4, 2)),
        ("DE", date(2026, 10, 3)),
        ("EE", date(2026, 2, 24)),
        ("LT", date(2026, 7, 6)),
        ("LV", date(2026, 11, 18)),
    ],
)
def test_country_has_the_day_off(country, day):
    assert day in PublicHolidays(country)


def test_holidays_of_other_countries_are_working_days():
    assert date(2026, 5, 3) not in PublicHolidays("DE")
    assert date(2026, 6, 4) not in PublicHolidays("DE")


def test_what_comes_before_midsummer_is_due_after_it():
    latvia = Country(code="LV", time_zone="Europe/Riga", postcode_digits=4)
    friday = datetime(2026, 6, 19, 10, tzinfo=ZoneInfo("Europe/Riga"))

    due = deadline(latvia, friday, 2)

    assert due.isoformat() == "2026-06-26T23:59:59+03:00"


def test_country_that_the_library_does_not_know_has_weekends_only():
    nowhere = Country(code="XX", time_zone="Europe/Riga", postcode_digits=4)

    due = deadline(nowhere, datetime(2026, 12, 24, 10, tzinfo=ZoneInfo("Europe/Riga")), 1)

    assert due.date() == date(2026, 12, 25)
