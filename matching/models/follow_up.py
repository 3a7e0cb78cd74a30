"""What became of an agreement."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from matching.choices import ChangeBand, ValueBand
from matching.models.agreement import Agreement
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

# What a firm is asked; it may leave out each of them.
ANSWERS = (
    "still_cooperating", "turnover_change", "market_share_change", "cost_saved", "jobs_created", "jobs_kept",
    "quality_improved", "innovation_introduced", "attributed_share", "satisfaction", "recommends", "note",
)  # fmt: skip


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, actor: Actor) -> "FollowUpQuerySet":
        """A firm's own answers: the firm itself and the organisation that hosts it."""
        own = Q(company__in=actor.companies)
        if actor.may(Permission.READ_COMPANIES):
            own |= Q(company__host__in=actor.organisations)
        return self.filter(own)


class FollowUp(TimestampedModel):
    """What became of an agreement for one of the firms after 6, 12 or 24 months: the six impacts, all optional."""

    public_id = PublicIdField(prefix="fup")
    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="follow_ups"
    )
    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.PROTECT, related_name="follow_ups"
    )
    months = models.PositiveSmallIntegerField(_("months after"))
    due_date = models.DateField(_("due on"))
    told_at = models.DateTimeField(_("asked for at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    reminded_again_at = models.DateTimeField(_("reminded again at"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated at"), null=True, blank=True)
    done_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    still_cooperating = models.BooleanField(_("still working together"), null=True, blank=True)
    turnover_change = models.CharField(_("turnover"), max_length=8, choices=ChangeBand, blank=True)
    market_share_change = models.CharField(_("market share"), max_length=8, choices=ChangeBand, blank=True)
    cost_saved = models.CharField(_("costs saved"), max_length=8, choices=ValueBand, blank=True)
    jobs_created = models.PositiveSmallIntegerField(_("jobs created"), null=True, blank=True)
    jobs_kept = models.PositiveSmallIntegerField(_("jobs kept"), null=True, blank=True)
    quality_improved = models.BooleanField(_("quality improved"), null=True, blank=True)
    innovation_introduced = models.BooleanField(_("new product or process"), null=True, blank=True)
    attributed_share = models.PositiveSmallIntegerField(
        _("share owed to the partner, in per cent"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    recommends = models.PositiveSmallIntegerField(
        _("would recommend"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    note = models.CharField(_("what helped or hindered"), max_length=1000, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        indexes = [models.Index(fields=["due_date"], name="matching_followup_due", condition=Q(done_at=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "company", "months"],
                name="matching_followup_once",
                violation_error_message=_("This follow-up exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.company_id} {self.months}"
