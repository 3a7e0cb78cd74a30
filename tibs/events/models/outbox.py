"""What must still be told to somebody or something after a change was committed."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tibs.events.models.audit import AuditRecord

MOST_ATTEMPTS = 3
LEASE = timedelta(seconds=60)


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def waiting(self, now: datetime) -> "OutboxQuerySet":
        """Rows that nobody is delivering now and that are not parked."""
        return self.filter(delivered_at=None, attempts__lt=MOST_ATTEMPTS).filter(
            Q(lease_until=None) | Q(lease_until__lt=now)
        )

    def parked(self) -> "OutboxQuerySet":
        """Rows that failed too often; staff see them."""
        return self.filter(delivered_at=None, attempts__gte=MOST_ATTEMPTS)

    def claim(self, pk: int, now: datetime) -> bool:
        """Take one waiting row for the time of the lease; False when somebody else has it."""
        taken = self.waiting(now).filter(pk=pk).update(lease_until=now + LEASE, attempts=F("attempts") + 1)
        return taken == 1


class Outbox(models.Model):
    """One delivery owed for one record: written in the transaction of the change, sent after it."""

    record = models.ForeignKey(
        AuditRecord, verbose_name=_("record"), on_delete=models.PROTECT, related_name="deliveries"
    )
    consumer = models.CharField(_("consumer"), max_length=150)
    argument = models.BigIntegerField(_("primary key of the subject"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("being delivered until"), null=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(fields=["id"], name="events_outbox_owed", condition=models.Q(delivered_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} for {self.record_id}"
