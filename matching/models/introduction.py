"""Introductions: the double handshake of two brokers and two firms."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from companies.models import Company, CooperationProfile, ExpressionOfInterest
from matching.choices import LONGEST_NOTE, OPEN_INTRODUCTIONS, DeclineReason, IntroductionStatus
from matching.handshake import Side
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.permissions import Permission
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

SHORTEST_STATEMENT, LONGEST_STATEMENT = 150, 600
# What only the sender's side knows of before it was sent.
UNSENT = (IntroductionStatus.DRAFT, IntroductionStatus.COMPANY_AGREED)


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def open(self) -> "IntroductionQuerySet":
        return self.filter(status__in=OPEN_INTRODUCTIONS)

    def of_firms(self, actor: Actor) -> "IntroductionQuerySet":
        """Those of the actor's own firms."""
        return self.filter(Q(sender_company__in=actor.companies) | Q(receiver_company__in=actor.companies))

    def visible_to(self, actor: Actor) -> "IntroductionQuerySet":
        """The two organisations and the two firms; the receiving side sees nothing before it was sent, and each
        firm nothing before its own broker asked it."""
        own_firm = Q(sender_company__in=actor.companies, first_asked_at__isnull=False) | Q(
            receiver_company__in=actor.companies, told_receiver_at__isnull=False
        )
        if not actor.may(Permission.READ_MATCHES):
            return self.filter(own_firm)
        if actor.may_everywhere(Permission.READ_MATCHES):
            return self
        own_side = Q(sender_company__host__in=actor.organisations) | Q(
            receiver_company__host__in=actor.organisations, sent_at__isnull=False
        )
        return self.filter(own_side | own_firm)


class Introduction(TimestampedModel):
    """A broker proposes that a foreign firm meets a firm of theirs.

    Broker A writes three texts and company A agrees; broker B acknowledges and puts it to company B. Contact data
    appear to these four only in `introduced`, after both firms consented. `owner` is who must act next, never
    empty; `due_at` is until when, in working days of that person's country, and `wakes_at` when the sweep next looks:
    to remind, to escalate, to return it. `held_from` is where a pause began. The table is `matching.handshake`.
    """

    public_id = PublicIdField(prefix="int")
    status = models.CharField(
        _("status"), max_length=14, choices=IntroductionStatus, default=IntroductionStatus.DRAFT
    )
    match = models.ForeignKey(
        "matching.Match",
        verbose_name=_("match"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="introductions",
    )
    expression = models.ForeignKey(
        ExpressionOfInterest,
        verbose_name=_("expression of interest"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="introductions",
    )
    sender_company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.PROTECT, related_name="introductions_sent"
    )
    receiver_company = models.ForeignKey(
        Company,
        verbose_name=_("other company"),
        on_delete=models.PROTECT,
        related_name="introductions_received",
    )
    sender_profile = models.ForeignKey(
        CooperationProfile,
        verbose_name=_("profile"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="introductions_sent",
    )
    receiver_profile = models.ForeignKey(
        CooperationProfile,
        verbose_name=_("other profile"),
        on_delete=models.PROTECT,
        related_name="introductions_received",
    )
    # The two companies once more, the one with the smaller key first, so that a pair is a pair from either side.
    low_company = models.ForeignKey(
        Company, verbose_name=_("one company of the pair"), on_delete=models.PROTECT, related_name="+"
    )
    high_company = models.ForeignKey(
        Company, verbose_name=_("other company of the pair"), on_delete=models.PROTECT, related_name="+"
    )
    sender_broker = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("broker"), on_delete=models.PROTECT, related_name="+"
    )
    receiver_broker = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("other broker"), on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who must act next"),
        on_delete=models.PROTECT,
        related_name="introductions_owned",
    )
    language = models.CharField(_("language of the texts"), max_length=2, choices=LANGUAGES, default="en")
    presentation = models.CharField(_("who the company is"), max_length=LONGEST_STATEMENT, blank=True)
    interest = models.CharField(_("what interests it"), max_length=LONGEST_STATEMENT, blank=True)
    question = models.CharField(_("what it would like to know"), max_length=LONGEST_STATEMENT, blank=True)
    # Since when the own company knows of it; and when it was asked about the texts of now, None while they change.
    first_asked_at = models.DateTimeField(_("first put to the own company at"), null=True, blank=True)
    asked_sender_at = models.DateTimeField(_("put to the own company at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)
    told_receiver_at = models.DateTimeField(_("put to the other company at"), null=True, blank=True)
    introduced_at = models.DateTimeField(_("introduced at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    # The clock of the present state.
    clock_started_at = models.DateTimeField(_("clock started at"))
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    wakes_at = models.DateTimeField(_("looked at again at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated at"), null=True, blank=True)
    held_from = models.CharField(_("held from"), max_length=14, choices=IntroductionStatus, blank=True)
    paused_due_at = models.DateTimeField(_("due at, before the pause"), null=True, blank=True)
    hold_until = models.DateField(_("on hold until"), null=True, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=12, choices=DeclineReason, blank=True)
    decline_note = models.CharField(_("note for the own side"), max_length=LONGEST_NOTE, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        indexes = [
            models.Index(fields=["owner", "due_at"], name="matching_introduction_owed"),
            models.Index(
                fields=["wakes_at"], name="matching_introduction_wakes", condition=~Q(wakes_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["low_company", "high_company"],
                condition=Q(status__in=OPEN_INTRODUCTIONS),
                name="matching_introduction_one_open",
                violation_error_message=_("An introduction of these two companies is open already."),
            ),
            models.CheckConstraint(
                condition=Q(low_company__lt=F("high_company")),
                name="matching_introduction_pair_is_ordered",
                violation_error_message=_("An introduction joins two different companies."),
            ),
            models.CheckConstraint(
                condition=~Q(status=IntroductionStatus.DECLINED) | ~Q(decline_reason=""),
                name="matching_introduction_decline_has_reason",
                violation_error_message=_("Choose a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(status=IntroductionStatus.ON_HOLD)
                | (~Q(held_from="") & Q(hold_until__isnull=False)),
                name="matching_introduction_pause_has_end",
                violation_error_message=_("A pause has an end."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[IntroductionStatus.INTRODUCED]) | Q(introduced_at=None),
                name="matching_introduction_introduced_is_final",
                violation_error_message=_("What was introduced stays introduced."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def side_of(self, company: Company) -> Side:
        """The side on which one of the two companies stands."""
        return Side.SENDER if company.pk == self.sender_company_id else Side.RECEIVER

    def company_on(self, side: Side) -> Company:
        return self.sender_company if side == Side.SENDER else self.receiver_company

    def broker_on(self, side: Side) -> User:
        """Who leads the introduction on that side: at first whoever began it, who need not serve the firm, and from a
        change of hands on whoever took it over."""
        return self.sender_broker if side == Side.SENDER else self.receiver_broker


class IntroductionConsent(models.Model):
    """A firm's word on one introduction: never changed, only followed by a newer entry.

    It covers the exact texts (`text_hash`) and that its contact data go to the three others once both agreed.
    """

    introduction = models.ForeignKey(
        Introduction, verbose_name=_("introduction"), on_delete=models.CASCADE, related_name="consents"
    )
    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.PROTECT, related_name="introduction_consents"
    )
    is_given = models.BooleanField(_("given"))
    text_hash = models.CharField(_("hash of the text shown"), max_length=64)
    language = models.CharField(_("language shown"), max_length=2, choices=LANGUAGES)
    at = models.DateTimeField(_("at"))
    is_noted_by_broker = models.BooleanField(_("written down by the broker"), default=False)
    actor_id = models.CharField(_("by"), max_length=60)

    class Meta:
        verbose_name = _("consent to an introduction")
        verbose_name_plural = _("consents to introductions")
        indexes = [
            models.Index(fields=["introduction", "company", "-id"], name="matching_introconsent_latest")
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id} {self.company_id} {self.is_given}"


class IntroductionStep(models.Model):
    """One line of an introduction's history, which both sides read: who moved it, and why."""

    introduction = models.ForeignKey(
        Introduction, verbose_name=_("introduction"), on_delete=models.CASCADE, related_name="steps"
    )
    event = models.CharField(_("what happened"), max_length=20)
    from_status = models.CharField(_("from"), max_length=14, choices=IntroductionStatus, blank=True)
    to_status = models.CharField(_("to"), max_length=14, choices=IntroductionStatus)
    at = models.DateTimeField(_("at"))
    by_side = models.CharField(_("side"), max_length=8, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)

    class Meta:
        verbose_name = _("step of an introduction")
        verbose_name_plural = _("steps of introductions")

    def __str__(self) -> str:
        return f"{self.introduction_id} {self.event}"
