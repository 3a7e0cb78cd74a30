"""The clock of the story."""

from datetime import UTC, datetime

from django.utils import timezone

from tibs.demo.clock import ago, at

SUNDAY = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


def test_everything_reads_the_moment_of_the_story():
    with at(SUNDAY):
        assert timezone.now() == SUNDAY
        assert timezone.localdate() == SUNDAY.date()

    assert timezone.now() != SUNDAY


def test_days_ago_are_working_days_and_never_to_come():
    assert ago(SUNDAY, 1, 14) == datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert ago(SUNDAY, 3, 14) == datetime(2026, 11, 19, 14, tzinfo=UTC)
    assert ago(datetime(2026, 11, 23, 7, tzinfo=UTC), 0, 14) == datetime(2026, 11, 23, 7, tzinfo=UTC)
