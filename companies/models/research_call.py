"""The call for proposals that a request for research partners belongs to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from companies.models.profile import CooperationProfile


class ResearchCall(models.Model):
    """What a request for research partners (RDR) says of its call: the fields of the Enterprise Europe Network."""

    profile = models.OneToOneField(
        CooperationProfile,
        verbose_name=_("profile"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="call",
    )
    programme = models.CharField(_("framework programme"), max_length=200)
    title = models.CharField(_("title and identifier of the call"), max_length=300)
    website = models.URLField(_("web page of the call"), max_length=300, blank=True)
    is_coordinator_sought = models.BooleanField(_("a coordinator is sought"), default=False)
    interest_until = models.DateField(_("expressions of interest until"))
    closing_date = models.DateField(_("call closes on"))
    weeks = models.PositiveSmallIntegerField(_("duration in weeks"), null=True, blank=True)
    budget = models.PositiveIntegerField(_("budget in thousand euros"), null=True, blank=True)

    class Meta:
        verbose_name = _("call for proposals")
        verbose_name_plural = _("calls for proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(interest_until__lt=F("closing_date")),
                name="companies_researchcall_interest_before_end",
                violation_error_message=_("Expressions of interest end before the call closes."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
