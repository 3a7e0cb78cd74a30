"""Times of meetings: read on one clock, shown on both, right in the nights in which clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from matching.meeting_times import moment_of, slot
from tests import factories
from tibs.core.errors import BadInputError

WARSAW, HELSINKI = ZoneInfo("Europe/Warsaw"), ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize(
    ("wall", "zone", "moment"),
    [
        (datetime(2026, 1, 15, 10), WARSAW, datetime(2026, 1, 15, 9, tzinfo=UTC)),
        (datetime(2026, 7, 15, 10), WARSAW, datetime(2026, 7, 15, 8, tzinfo=UTC)),
        (datetime(2026, 3, 29, 1, 59), WARSAW, datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (datetime(2026, 3, 29, 3), WARSAW, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (datetime(2026, 10, 25, 3), WARSAW, datetime(2026, 10, 25, 2, tzinfo=UTC)),
        (datetime(2028, 2, 29, 12), HELSINKI, datetime(2028, 2, 29, 10, tzinfo=UTC)),
    ],
)
def test_wall_clock_is_read_in_its_zone(wall, zone, moment):
    assert moment_of(wall, zone) == moment


@pytest.mark.parametrize(
    ("wall", "zone", "words"),
    [
        (datetime(2026, 3, 29, 2, 30), WARSAW, "does not exist"),
        (datetime(2026, 3, 29, 3, 30), HELSINKI, "does not exist"),
        (datetime(2026, 10, 25, 2, 30), WARSAW, "comes twice"),
        (datetime(2026, 10, 25, 3, 30), HELSINKI, "comes twice"),
    ],
)
def test_times_that_no_clock_shows_once_are_refused(wall, zone, words):
    with pytest.raises(BadInputError, match=words):
        moment_of(wall, zone)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "shown", "zones", "outside"),
    [
        (datetime(2026, 6, 9, 7, tzinfo=UTC), ["09:00", "10:00"], ["CEST", "EEST"], [False, False]),
        (datetime(2026, 12, 9, 15, tzinfo=UTC), ["16:00", "17:00"], ["CET", "EET"], [False, True]),
        (datetime(2026, 6, 13, 9, tzinfo=UTC), ["11:00", "12:00"], ["CEST", "EEST"], [True, True]),
        (datetime(2026, 11, 11, 9, tzinfo=UTC), ["10:00", "11:00"], ["CET", "EET"], [True, False]),
    ],
)
def test_moment_is_shown_on_both_clocks_and_marked_outside_of_working_hours(moment, shown, zones, outside):
    clocks = slot(moment, factories.country("PL"), factories.country("FI")).clocks

    assert [f"{clock.at:%H:%M}" for clock in clocks] == shown
    assert [clock.zone for clock in clocks] == zones
    assert [clock.is_outside_hours for clock in clocks] == outside
