"""The consent ledger."""

from functools import cache

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from companies.choices import Purpose
from companies.models.company import Company
from tibs.core.languages import LANGUAGES


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self, purpose: Purpose) -> "ConsentQuerySet":
        """The latest entry of each company for `purpose`, where it gives rather than withdraws."""
        latest = (
            Consent.objects.filter(company=OuterRef("company"), purpose=purpose)
            .order_by("-id")
            .values("id")[:1]
        )
        return self.filter(id=Subquery(latest), is_given=True)


@cache
def holds(purpose: Purpose) -> Subquery:
    """Whether the company of the outer row's `company` agreed to `purpose` when it decided last; null if never.

    Asked row by row, so that a list stops asking when its page is full. One expression serves every query:
    querysets resolve a copy of it.
    """
    latest = Consent.objects.filter(company=OuterRef("company"), purpose=purpose).order_by("-id")
    return Subquery(latest.values("is_given")[:1])


class Consent(models.Model):
    """One giving or withdrawing of consent for one purpose: never changed, only followed by a newer entry.

    It keeps the hash and language of the exact text that was shown.
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
    actor_id = models.CharField(_("by"), max_length=60)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(fields=["company", "purpose", "-id"], name="companies_consent_latest")]

    def __str__(self) -> str:
        return f"{self.company_id} {self.purpose} {self.is_given}"
