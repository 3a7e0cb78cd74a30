"""What must still be told to somebody or something after a change was committed."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tibs.core.leases import LeasedQuerySet, LeasedRow
from tibs.events.models.audit import AuditRecord

PATIENCE = timedelta(seconds=30)


class OutboxQuerySet(LeasedQuerySet["Outbox"]):
    def forgotten(self, now: datetime) -> "OutboxQuerySet":
        """Waiting rows whose message was lost, or whose last attempt failed or died."""
        return self.waiting(now).filter(nudged_at__lt=now - PATIENCE)


class Outbox(LeasedRow):
    """One delivery owed for one record: written in the transaction of the change, done after it.

    The message that asks a worker for it may be lost or come twice; the row says whether it was done.
    """

    record = models.ForeignKey(
        AuditRecord, verbose_name=_("record"), on_delete=models.PROTECT, related_name="deliveries"
    )
    consumer = models.CharField(_("consumer"), max_length=150)
    argument = models.BigIntegerField(_("primary key of the subject"))
    nudged_at = models.DateTimeField(_("last asked for at"), default=timezone.now)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(fields=["id"], name="events_outbox_owed", condition=models.Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} for {self.record_id}"
