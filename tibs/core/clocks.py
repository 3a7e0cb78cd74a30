"""Deadlines in working days: pure arithmetic of days, zones and days off."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
END_OF_DAY = time(23, 59, 59)


def is_working_day(day: date, days_off: Container[date]) -> bool:
    """Monday to Friday, unless the day is in `days_off`."""
    return day.weekday() < SATURDAY and day not in days_off


def working_days_after(moment: datetime, days: int, days_off: Container[date], zone: ZoneInfo) -> datetime:
    """The end of the working day that comes `days` working days after `moment`, in the time zone of the place.

    The day of `moment` itself does not count, whatever the hour: what comes on Friday is due on Tuesday if
    two days are given. `moment` carries a zone, and so does the answer. Raises ValueError below one day.
    """
    if days < 1:
        raise ValueError("A deadline is at least one working day away.")
    day, left = moment.astimezone(zone).date(), days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, days_off)
    return datetime.combine(day, END_OF_DAY, tzinfo=zone)
