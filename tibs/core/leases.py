"""Work that is a row: claimed by one worker at a time for the time of a lease, found again when it is lost."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import DatabaseError, connection, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_ATTEMPTS = 3


class LeasedQuerySet[Row: "LeasedRow"](models.QuerySet[Row]):
    """Questions and moves that every kind of work row shares."""

    def waiting(self, now: datetime) -> Self:
        """Rows that are not done, that nobody works on now, and that are not parked."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return self.filter(free, done_at=None, attempts__lt=MOST_ATTEMPTS)

    def parked(self) -> Self:
        """Rows that failed or lost their worker too often; staff see them."""
        return self.filter(done_at=None, attempts__gte=MOST_ATTEMPTS)

    def claim(self, pk: int, now: datetime) -> int:
        """Take one waiting row; the number of the attempt is the token to finish it with, 0 if it was not free."""
        lease = timedelta(seconds=settings.LEASE_SECONDS)
        taken = self.waiting(now).filter(pk=pk).update(lease_until=now + lease, attempts=F("attempts") + 1)
        return self.values_list("attempts", flat=True).get(pk=pk) if taken else 0

    def finish(self, pk: int, token: int, now: datetime, **values: Any) -> bool:
        """Mark the row done; False when the lease went to somebody else meanwhile, whose result then counts."""
        mine = self.filter(pk=pk, attempts=token, done_at=None)
        return mine.update(done_at=now, lease_until=None, error="", **values) == 1

    def give_back(self, pk: int, token: int, error: str) -> None:
        """Free the row for another attempt and keep why this one failed."""
        self.filter(pk=pk, attempts=token, done_at=None).update(lease_until=None, error=error[:500])


class LeasedRow(models.Model):
    """One piece of work."""

    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("claimed until"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        abstract = True


@contextmanager
def kept_alive(rows: LeasedQuerySet[Any], pk: int, token: int) -> Iterator[None]:
    """Renew the lease of a claimed row while its work goes on, however long; a killed process renews nothing."""
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(lease.total_seconds() / 3):
            try:
                rows.filter(pk=pk, attempts=token, done_at=None).update(lease_until=timezone.now() + lease)
            except DatabaseError:
                connection.close()  # the database restarts: renewed when it is back, if that is soon enough
        connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
