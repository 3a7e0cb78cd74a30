"""What comes after an introduction: two firms talk to each other and meet."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from matching.choices import LONGEST_NOTE, SIDES, CooperationStatus, DeclineReason, MeetingStatus
from matching.models.introduction import Introduction
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

SLOTS = 3
# Steps that TIBS itself writes down; they are kept in English and said in the language of the reader.
PROPOSE = gettext_noop("Propose times for a first meeting")
CHOOSE = gettext_noop("Choose one of the times that were proposed")
MEET = gettext_noop("Meet, and write down what came of it")
CONFIRM = gettext_noop("Both firms confirm the agreement")
VALIDATE = gettext_noop("Somebody of neither side validates the agreement")
CORRECT = gettext_noop("Correct the agreement that was sent back")
DECIDE = gettext_noop(
    "One of the firms takes no part at present: end the talks, or ask its broker how they go on"
)
OWN_STEPS = frozenset({PROPOSE, CHOOSE, MEET, CONFIRM, VALIDATE, CORRECT, DECIDE})
# What others do; the owner sees to it that it happens.
STEPS_OF_OTHERS = frozenset({CONFIRM, VALIDATE})


def of_both_sides(actor: Actor, path: str) -> Q:
    """The condition that the actor belongs to one of the two sides of the introduction at `path`."""
    sender, receiver = f"{path}sender_company", f"{path}receiver_company"
    own = Q(**{f"{sender}__in": actor.companies}) | Q(**{f"{receiver}__in": actor.companies})
    if actor.may(Permission.READ_MATCHES):
        own |= Q(**{f"{sender}__host__in": actor.organisations})
        own |= Q(**{f"{receiver}__host__in": actor.organisations})
    return own


def of_either_side(actor: Actor, path: str) -> Q:
    """The condition that the actor belongs to a firm or an organisation of the introduction, whatever their role."""
    return (
        Q(**{f"{path}sender_company__in": actor.companies})
        | Q(**{f"{path}receiver_company__in": actor.companies})
        | Q(**{f"{path}sender_company__host__in": actor.organisations})
        | Q(**{f"{path}receiver_company__host__in": actor.organisations})
    )


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
    # When the owner was reminded of the present step, and when the coordinators were told that it is late.
    step_reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    step_escalated_at = models.DateTimeField(_("escalated at"), null=True, blank=True)
    no_deal_reason = models.CharField(_("reason"), max_length=12, choices=DeclineReason, blank=True)
    no_deal_note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = CooperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperation")
        verbose_name_plural = _("cooperations")
        indexes = [models.Index(fields=["-created_at", "-id"], name="matching_cooperation_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=CooperationStatus.NO_DEAL) | ~Q(no_deal_reason=""),
                name="matching_cooperation_no_deal_has_reason",
                violation_error_message=_("Choose a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def step_in_words(self) -> str:
        """The next step, in the reader's language where TIBS wrote it down."""
        return gettext(self.next_step) if self.next_step in OWN_STEPS else self.next_step

    @property
    def is_step_of_others(self) -> bool:
        """Whether somebody else than the owner does the next step."""
        return self.next_step in STEPS_OF_OTHERS


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
    # Which side proposed: the other one takes a time.
    proposed_side = models.CharField(_("proposed by the side"), max_length=8, choices=SIDES, blank=True)
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
