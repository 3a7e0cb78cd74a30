"""The contact log."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.choices import Channel, Support
from companies.models.company import Company
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel


class Interaction(TimestampedModel):
    """A talk, visit or letter between a broker and a company, with the hours that programme rules ask for."""

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="interactions"
    )
    at = models.DateTimeField(_("at"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=2)
    support = models.CharField(_("kind of support"), max_length=20, choices=Support)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, blank=True)
    people = models.CharField(_("people who took part"), max_length=300, blank=True)
    content = models.TextField(_("what it was about"), max_length=4000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("contact log entry")
        verbose_name_plural = _("contact log")
        indexes = [models.Index(fields=["company", "-at", "-id"], name="companies_interaction_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours__gte=0, hours__lte=24),
                name="companies_interaction_hours_of_a_day",
                violation_error_message=_("One entry has between 0 and 24 hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.at:%Y-%m-%d}"
