"""What comes after an introduction: meetings, an agreement, and what became of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.choices import Area
from companies.models import Attachment, Company
from matching.choices import (
    AgreementType,
    ChangeBand,
    CooperationStatus,
    DeclineReason,
    MeetingStatus,
    ValueBand,
)
from matching.models.introduction import Introduction
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

SLOTS = 3
FOLLOW_UP_MONTHS = (6, 12, 24)


def of_both_sides(actor: Actor, path: str) -> Q:
    """The condition that the actor belongs to one of the two sides of the introduction at `path`."""
    sender, receiver = f"{path}sender_company", f"{path}receiver_company"
    own = Q(**{f"{sender}__in": actor.companies}) | Q(**{f"{receiver}__in": actor.companies})
    if actor.may(Permission.READ_MATCHES):
        own |= Q(**{f"{sender}__host__in": actor.organisations})
        own |= Q(**{f"{receiver}__host__in": actor.organisations})
    return own


class CooperationQuerySet(models.QuerySet["Cooperation"]):
    def visible_to(self, actor: Actor) -> "CooperationQuerySet":
        """Both organisations and both firms."""
        return self.filter(of_both_sides(actor, "introduction__"))


class Cooperation(TimestampedModel):
    """Two firms that were introduced talk to each other; both brokers keep it going. `owner` acts next."""

    public_id = PublicIdField(prefix="cop")
    introduction = models.OneToOneField(
        Introduction, verbose_name=_("introduction"), on_delete=models.PROTECT, related_name="cooperation"
    )
    status = models.CharField(
        _("status"), max_length=11, choices=CooperationStatus, default=CooperationStatus.MEETING
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who must act next"),
        on_delete=models.PROTECT,
        related_name="cooperations_owned",
    )
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_due_date = models.DateField(_("due on"), null=True, blank=True)
    no_deal_reason = models.CharField(_("reason"), max_length=12, choices=DeclineReason, blank=True)
    no_deal_note = models.CharField(_("note"), max_length=600, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = CooperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperation")
        verbose_name_plural = _("cooperations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=CooperationStatus.NO_DEAL) | ~Q(no_deal_reason=""),
                name="matching_cooperation_no_deal_has_reason",
                violation_error_message=_("Choose a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor) -> "MeetingQuerySet":
        return self.filter(of_both_sides(actor, "cooperation__introduction__"))


class Meeting(TimestampedModel):
    """A meeting of two firms: one broker proposes three times, the other side takes one."""

    public_id = PublicIdField(prefix="mtg")
    cooperation = models.ForeignKey(
        Cooperation, verbose_name=_("cooperation"), on_delete=models.CASCADE, related_name="meetings"
    )
    status = models.CharField(
        _("status"), max_length=9, choices=MeetingStatus, default=MeetingStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    slots = ArrayField(models.DateTimeField(), verbose_name=_("times proposed"), default=list)
    minutes_long = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    place = models.CharField(_("place or web address"), max_length=300, blank=True)
    sequence = models.PositiveSmallIntegerField(_("version of the calendar entry"), default=0)
    minutes = models.TextField(_("minutes"), max_length=4000, blank=True)
    held_at = models.DateTimeField(_("noted as held at"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=MeetingStatus.FIXED) | Q(starts_at__isnull=False),
                name="matching_meeting_fixed_has_time",
                violation_error_message=_("A fixed meeting has a time."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, actor: Actor) -> "AgreementQuerySet":
        """Both sides, and project staff, who may be asked to validate."""
        if actor.may_everywhere(Permission.READ_COMPANIES):
            return self
        return self.filter(of_both_sides(actor, "cooperation__introduction__"))


class Agreement(TimestampedModel):
    """What two firms agreed on. It counts once both stated it and a third party validated it.

    `validated_by` is a broker of neither side or project staff. A file is evidence of it, never shown to others.
    """

    public_id = PublicIdField(prefix="agr")
    cooperation = models.OneToOneField(
        Cooperation, verbose_name=_("cooperation"), on_delete=models.PROTECT, related_name="agreement"
    )
    type = models.CharField(_("type"), max_length=18, choices=AgreementType)
    subject = models.CharField(_("what was agreed"), max_length=1000)
    benefit = models.CharField(_("benefit for both sides"), max_length=1000, blank=True)
    areas = ArrayField(
        models.CharField(max_length=3, choices=Area), verbose_name=_("value-chain areas"), default=list
    )
    signed_date = models.DateField(_("signed on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    value_band = models.CharField(_("value"), max_length=8, choices=ValueBand, blank=True)
    jobs_expected = models.PositiveSmallIntegerField(_("jobs expected"), null=True, blank=True)
    evidence = models.ForeignKey(
        Attachment,
        verbose_name=_("evidence"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_publishable = models.BooleanField(_("may be published"), default=False)
    public_text = models.CharField(_("text for the public"), max_length=1000, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("validated by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    validated_at = models.DateTimeField(_("validated at"), null=True, blank=True)
    returned_note = models.CharField(_("why it was sent back"), max_length=600, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(validated_at=None) | Q(validated_by__isnull=False),
                name="matching_agreement_validated_by_somebody",
                violation_error_message=_("Somebody validates an agreement."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class AgreementStatement(models.Model):
    """One firm confirms an agreement in its exact words."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="statements"
    )
    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.PROTECT, related_name="statements"
    )
    signer = models.CharField(_("signed by"), max_length=120)
    text_hash = models.CharField(_("hash of the words"), max_length=64)
    at = models.DateTimeField(_("at"))
    is_noted_by_broker = models.BooleanField(_("written down by the broker"), default=False)
    actor_id = models.CharField(_("by"), max_length=60)

    class Meta:
        verbose_name = _("statement on an agreement")
        verbose_name_plural = _("statements on agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "company", "text_hash"],
                name="matching_statement_once",
                violation_error_message=_("This company has confirmed these words already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.company_id}"


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
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
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
