"""Deadlines in working days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tibs.core.clocks import is_working_day, working_days_after

RIGA = ZoneInfo("Europe/Riga")
NO_HOLIDAYS: frozenset[date] = frozenset()


def due(moment, days, days_off=NO_HOLIDAYS):
    return working_days_after(datetime.fromisoformat(moment), days, days_off, RIGA).date().isoformat()


@pytest.mark.parametrize(
    ("moment", "days", "day"),
    [
        ("2026-06-01T09:00+03:00", 2, "2026-06-03"),
        ("2026-06-05T16:00+03:00", 2, "2026-06-09"),
        ("2026-06-06T10:00+03:00", 2, "2026-06-09"),
        ("2026-06-07T23:30+03:00", 1, "2026-06-08"),
        ("2026-06-07T21:30+00:00", 1, "2026-06-09"),
    ],
)
def test_weekends_and_the_day_of_the_moment_do_not_count(moment, days, day):
    assert due(moment, days) == day


def test_days_off_do_not_count():
    midsummer = {date(2026, 6, 23), date(2026, 6, 24)}

    assert due("2026-06-22T09:00+03:00", 2, midsummer) == "2026-06-26"


def test_deadline_is_the_last_second_of_a_local_day_in_winter_and_summer():
    summer = working_days_after(datetime(2026, 6, 1, tzinfo=UTC), 1, NO_HOLIDAYS, RIGA)
    winter = working_days_after(datetime(2026, 12, 1, tzinfo=UTC), 1, NO_HOLIDAYS, RIGA)

    assert summer.isoformat() == "2026-06-02T23:59:59+03:00"
    assert winter.isoformat() == "2026-12-02T23:59:59+02:00"


def test_no_time_at_all_is_not_a_deadline():
    with pytest.raises(ValueError, match="at least one working day"):
        due("2026-06-01T09:00+03:00", 0)


@given(
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    days=st.integers(1, 20),
    days_off=st.frozensets(st.dates(date(2020, 1, 1), date(2040, 2, 1)), max_size=30),
)
def test_as_many_working_days_lie_between_as_were_given(moment, days, days_off):
    end = working_days_after(moment, days, days_off, RIGA)

    first, last = moment.astimezone(RIGA).date(), end.date()
    between = [first + timedelta(days=number) for number in range(1, (last - first).days + 1)]
    assert sum(is_working_day(day, days_off) for day in between) == days
    assert is_working_day(last, days_off)
