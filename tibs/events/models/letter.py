"""Letters that are owed to somebody."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tibs.core.languages import LANGUAGES
from tibs.core.leases import MOST_ATTEMPTS, LeasedQuerySet, LeasedRow

PATIENCE = timedelta(seconds=30)


class LetterQuerySet(LeasedQuerySet["Letter"]):
    def waiting(self, now: datetime) -> Self:
        """Letters that may be sent now: also not put off because the mail server was away."""
        return super().waiting(now).filter(Q(retry_at=None) | Q(retry_at__lte=now))

    def ahead_of(self, letter: "Letter") -> Self:
        """Letters to the same address that were written before and that are still to be sent."""
        earlier = self.filter(to_address=letter.to_address, pk__lt=letter.pk)
        return earlier.filter(done_at=None, attempts__lt=MOST_ATTEMPTS)

    def put_off(self, pk: int, token: int, until: datetime, error: str) -> None:
        """Free the letter for later; the attempt does not count, because it says nothing of the letter."""
        mine = self.filter(pk=pk, attempts=token, done_at=None)
        mine.update(lease_until=None, attempts=F("attempts") - 1, retry_at=until, error=error[:500])

    def park(self, pk: int, token: int, error: str, **values: Any) -> None:
        """Try no more; staff see the letter."""
        mine = self.filter(pk=pk, attempts=token, done_at=None)
        mine.update(lease_until=None, attempts=MOST_ATTEMPTS, error=error[:500], **values)

    def forgotten(self, now: datetime) -> Self:
        """Waiting letters whose message was lost, or whose last attempt failed or died."""
        return self.waiting(now).filter(nudged_at__lt=now - PATIENCE)


class Letter(LeasedRow):
    """One mail to one address: written in the transaction of what it tells, sent after the commit.

    It is there once for each `key`. A worker that dies between handing it over and noting that sends it twice at
    most. What it says (`context`) is emptied when it is sent; `subject` then keeps its first line for the timeline.
    A letter that is not needed any more when its turn comes is done without being sent (`cancelled_at`).
    """

    key = models.CharField(_("key"), max_length=120, unique=True)
    template = models.CharField(_("template"), max_length=60)
    to_address = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    context = models.JSONField(_("what it says"), default=dict, blank=True)
    company_id = models.CharField(_("company"), max_length=24, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    unsubscribe = models.CharField(_("address that ends such letters"), max_length=300, blank=True)
    retry_at = models.DateTimeField(_("not before"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("not needed any more since"), null=True, blank=True)
    refused_at = models.DateTimeField(_("address refused at"), null=True, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    nudged_at = models.DateTimeField(_("last asked for at"), default=timezone.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["id"], name="events_letter_owed", condition=models.Q(done_at=None)),
            models.Index(
                fields=["to_address", "id"], name="events_letter_turn", condition=models.Q(done_at=None)
            ),
            models.Index(fields=["company_id", "-id"], name="events_letter_of_company"),
        ]

    def __str__(self) -> str:
        return self.subject or self.template
