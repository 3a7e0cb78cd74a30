"""Letters that are owed to somebody."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tibs.core.languages import LANGUAGES
from tibs.core.leases import LeasedQuerySet, LeasedRow

PATIENCE = timedelta(seconds=30)


class LetterQuerySet(LeasedQuerySet["Letter"]):
    def forgotten(self, now: datetime) -> "LetterQuerySet":
        """Waiting letters whose message was lost, or whose last attempt failed or died."""
        return self.waiting(now).filter(nudged_at__lt=now - PATIENCE)


class Letter(LeasedRow):
    """One mail to one address: written in the transaction of what it tells, sent after the commit.

    It is there once for each `key`. A worker that dies between handing it over and noting that sends it twice at
    most. What it says (`context`) is emptied when it is sent; `subject` then keeps its first line for the timeline.
    """

    key = models.CharField(_("key"), max_length=120, unique=True)
    template = models.CharField(_("template"), max_length=60)
    to_address = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    context = models.JSONField(_("what it says"), default=dict, blank=True)
    company_id = models.CharField(_("company"), max_length=24, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    nudged_at = models.DateTimeField(_("last asked for at"), default=timezone.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["id"], name="events_letter_owed", condition=models.Q(done_at=None)),
            models.Index(fields=["company_id", "-id"], name="events_letter_of_company"),
        ]

    def __str__(self) -> str:
        return self.subject or self.template
