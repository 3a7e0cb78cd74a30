"""Working days of a country: its clock, and its public holidays as the `holidays` library knows them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from regions.models import Country
from tibs.core.clocks import working_days_after


@dataclass(frozen=True)
class PublicHolidays:
    """The public holidays of a whole country in every year; those of single states and towns are left out."""

    country: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _of_year(self.country, day.year)


def deadline(country: Country, start: datetime, working_days: int) -> datetime:
    """The last moment of the working day that comes `working_days` after `start` in that country."""
    zone = ZoneInfo(country.time_zone)
    return working_days_after(start, working_days, PublicHolidays(country.code), zone)


@dataclass(frozen=True)
class Times:
    """When somebody who is waited for is reminded, is late, and is waited for no longer."""

    remind_at: datetime
    due_at: datetime
    return_at: datetime


def times_of(country: Country, start: datetime, working_days: int) -> Times:
    """The clock of everything that waits: half, full and double of its working days, counted in that country."""
    half, double = max(1, working_days // 2), 2 * working_days
    return Times(*(deadline(country, start, days) for days in (half, working_days, double)))


@cache
def _of_year(country: str, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:  # a country that the library does not know has weekends only
        return frozenset()
