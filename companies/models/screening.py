"""Decisions on who receives the service."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.choices import Decision
from companies.models.company import Company
from tibs.core.models import TimestampedModel


class Screening(TimestampedModel):
    """One look at a company by the table of criteria: 0 to 2 points for each, in the order of the table's version."""

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="screenings"
    )
    criteria_version = models.PositiveSmallIntegerField(_("version of the criteria"), default=1)
    scores = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("points"))
    decision = models.CharField(_("decision"), max_length=12, choices=Decision)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        indexes = [models.Index(fields=["company", "-id"], name="companies_screening_latest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision=Decision.ELIGIBLE) | ~models.Q(reason=""),
                name="companies_screening_refusal_has_reason",
                violation_error_message=_("A refusal needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}, {self.get_decision_display()}"
