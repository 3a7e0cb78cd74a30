"""What is to be done next."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.choices import WaitsFor
from companies.models.company import Company
from tibs.core.models import TimestampedModel


class NextStep(TimestampedModel):
    """The one thing to do next for a company, with its day; done ones stay as history."""

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="next_steps"
    )
    what = models.CharField(_("what to do"), max_length=200)
    due_date = models.DateField(_("due on"))
    waits_for = models.CharField(_("waits for"), max_length=10, choices=WaitsFor, default=WaitsFor.US)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        indexes = [
            models.Index(fields=["due_date", "id"], condition=Q(done_at=None), name="companies_nextstep_due")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(done_at=None),
                name="companies_nextstep_one_open",
                violation_error_message=_("The company has a next step already."),
            ),
        ]

    def __str__(self) -> str:
        return self.what
