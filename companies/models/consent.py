"""The consent ledger."""

from datetime import datetime
from functools import cache

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from companies.choices import Purpose
from companies.consent_texts import text_hash
from companies.models.company import Company
from tibs.core.languages import LANGUAGES

COUNTS_NOW = Q(is_given=True, valid_until__gt=Now())


class ConsentQuerySet(models.QuerySet["Consent"]):
    def latest_of_each(self) -> "ConsentQuerySet":
        """The entry with which each company decided last on each purpose, and on each broker that it named."""
        newer = Consent.objects.filter(
            company=OuterRef("company"),
            purpose=OuterRef("purpose"),
            recipient_id=OuterRef("recipient_id"),
            id__gt=OuterRef("id"),
        )
        return self.filter(~Exists(newer))

    def in_force_of_all(self, purpose: Purpose) -> "ConsentQuerySet":
        """The same as `in_force` without a named broker, for every company at once: several times faster where most
        companies are asked about, and far slower for a few."""
        entries = Consent.objects.filter(purpose=purpose, recipient_id="")
        newer = entries.filter(company=OuterRef("company"), id__gt=OuterRef("id"))
        return self.filter(~Exists(newer), COUNTS_NOW, purpose=purpose, recipient_id="")

    def in_force(self, purpose: Purpose, recipient_id: str = "") -> "ConsentQuerySet":
        """The latest entry of each company for `purpose`, where it gives rather than withdraws and has not ended.

        `recipient_id` is the public id of the foreign broker with whom a file is shared.
        """
        latest = (
            Consent.objects.filter(company=OuterRef("company"), purpose=purpose, recipient_id=recipient_id)
            .order_by("-id")
            .values("id")[:1]
        )
        return self.filter(COUNTS_NOW, id=Subquery(latest))


@cache
def holds(purpose: Purpose) -> Subquery:
    """Whether the consent to `purpose` of the company of the outer row's `company` counts now; null if none ever.

    The latest entry decides: it must give, and must not have ended. Asked row by row, so that a list stops asking
    when its page is full. One expression serves every query: querysets resolve a copy of it.
    """
    latest = Consent.objects.filter(company=OuterRef("company"), purpose=purpose, recipient_id="").order_by(
        "-id"
    )
    counts = models.ExpressionWrapper(COUNTS_NOW, output_field=models.BooleanField())
    return Subquery(latest.annotate(counts=counts).values("counts")[:1])


class Consent(models.Model):
    """One giving or withdrawing of consent for one purpose: never changed, only followed by a newer entry.

    It keeps the hash and language of the exact text that was shown. What is given counts until `valid_until`.
    """

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    is_given = models.BooleanField(_("given"))
    text_hash = models.CharField(_("hash of the text shown"), max_length=64)
    language = models.CharField(_("language shown"), max_length=2, choices=LANGUAGES)
    at = models.DateTimeField(_("at"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    recipient_id = models.CharField(_("named broker"), max_length=60, blank=True)
    is_noted_by_broker = models.BooleanField(_("written down by the broker"), default=False)
    actor_id = models.CharField(_("by"), max_length=60)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [
            models.Index(fields=["company", "purpose", "-id"], name="companies_consent_latest"),
            # Lists and counts of what is public read nothing but this index.
            models.Index(
                fields=["purpose", "company", "-id"],
                include=["is_given", "valid_until"],
                condition=Q(recipient_id=""),
                name="companies_consent_counts",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_given=False) | Q(valid_until__isnull=False),
                name="companies_consent_given_has_an_end",
                violation_error_message=_("A consent that is given has an end."),
            ),
            models.CheckConstraint(
                condition=Q(recipient_id="") | Q(purpose=Purpose.SHARE_WITH_BROKER),
                name="companies_consent_broker_is_named_for_sharing",
                violation_error_message=_("Only the sharing of a file names a broker."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.purpose} {self.is_given}"

    @property
    def has_old_text(self) -> bool:
        """Whether its words read otherwise today; it still counts for the words of its day."""
        return self.text_hash != text_hash(Purpose(self.purpose), self.language)

    def is_in_force(self, now: datetime) -> bool:
        """Whether this entry, if it is the latest, counts at `now`."""
        return self.is_given and self.valid_until is not None and self.valid_until > now
