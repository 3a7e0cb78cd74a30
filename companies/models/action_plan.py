"""What a firm and its broker agreed to do after an assessment."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.choices import TAKES_PART, Area, WaitsFor
from companies.models.assessment import Assessment
from companies.models.company import Company
from tibs.core.models import TimestampedModel


class ActionPlan(TimestampedModel):
    """The plan for one assessment: a goal in one area, and the steps towards it."""

    assessment = models.OneToOneField(
        Assessment, verbose_name=_("assessment"), on_delete=models.CASCADE, related_name="plan"
    )
    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="action_plans"
    )
    area = models.CharField(_("area"), max_length=3, choices=Area)
    goal = models.TextField(_("goal"), max_length=1000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")

    def __str__(self) -> str:
        return f"{self.company}, {self.get_area_display()}"


class ActionStepQuerySet(models.QuerySet["ActionStep"]):
    def due(self, today: date) -> "ActionStepQuerySet":
        """Steps that are not done on their day, of firms that somebody works with."""
        return self.filter(done_at=None, due_date__lte=today, plan__company__stage__in=TAKES_PART)


class ActionStep(TimestampedModel):
    """One step of a plan: who does what until when, and where else the firm is sent.

    `barrier` is the item code of the barrier that the step acts against, if it does.
    """

    plan = models.ForeignKey(
        ActionPlan, verbose_name=_("action plan"), on_delete=models.CASCADE, related_name="steps"
    )
    what = models.CharField(_("what"), max_length=300)
    waits_for = models.CharField(_("who does it"), max_length=8, choices=WaitsFor, default=WaitsFor.COMPANY)
    due_date = models.DateField(_("until"), null=True, blank=True)
    referral = models.CharField(_("sent on to"), max_length=200, blank=True)
    barrier = models.CharField(_("against the barrier"), max_length=16, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = ActionStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an action plan")
        verbose_name_plural = _("steps of action plans")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(what=""),
                name="companies_action_step_says_what",
                violation_error_message=_("Say what is to be done."),
            ),
        ]

    def __str__(self) -> str:
        return self.what
