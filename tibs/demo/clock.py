"""The clock of the story, which happened during the weeks and months before the demonstration was started."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from django.db import connection, transaction
from django.utils import timezone

FRIDAY = 4


@contextmanager
def in_one_piece() -> Iterator[None]:
    """One transaction without savepoints: it stands or falls as a whole, and every third round trip is saved."""
    with transaction.atomic(), patch.object(connection.features, "uses_savepoints", new=False):
        yield


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything that looks at Django's clock meanwhile sees `moment`, so that services date what they write."""
    with patch.object(timezone, "now", lambda: moment):
        yield


def ago(now: datetime, days: float, hour: int = 9) -> datetime:
    """An hour (UTC) of the working day that was so many days before `now`, or came last before it; not after `now`."""
    moment = (now - timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
    while moment.weekday() > FRIDAY:
        moment -= timedelta(days=1)
    return min(moment, now)
