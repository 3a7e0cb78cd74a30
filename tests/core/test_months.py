from datetime import UTC, datetime

import pytest

from tibs.core.months import months_after


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2026, 11, 30), 24, (2028, 11, 30)),
        ((2026, 3, 31), -1, (2026, 2, 28)),
        ((2026, 1, 15), -24, (2024, 1, 15)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
    ],
)
def test_month_later_is_the_same_day_or_the_last_one(day, months, then):
    assert months_after(datetime(*day, 8, 30, tzinfo=UTC), months) == datetime(*then, 8, 30, tzinfo=UTC)
