"""What brokers decide about matches, what they were shown, and what they ask each other."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.models import CooperationProfile
from matching.choices import Choice, DismissReason, View, ViewEnd
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class DecisionQuerySet(models.QuerySet["MatchDecision"]):
    def visible_to(self, actor: Actor) -> "DecisionQuerySet":
        """Decisions belong to one side: only the organisation of that side's company sees them."""
        if not actor.may(Permission.READ_MATCHES):
            return self.none()
        return self.filter(profile__company__host__in=actor.organisations)


class MatchDecision(TimestampedModel):
    """One side's decision about a match; `profile` is that side. What one broker dismisses the other still sees.

    `score` and `text_hash` are what was judged, so that a match that changed since can come up again.
    With `never_again` it keeps the two companies apart, until it or the block is taken back.
    """

    match = models.ForeignKey(
        "matching.Match", verbose_name=_("match"), on_delete=models.CASCADE, related_name="decisions"
    )
    profile = models.ForeignKey(
        CooperationProfile, verbose_name=_("side"), on_delete=models.CASCADE, related_name="decisions"
    )
    choice = models.CharField(_("decision"), max_length=11, choices=Choice)
    reason = models.CharField(_("reason"), max_length=12, choices=DismissReason, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    never_again = models.BooleanField(_("keeps the two companies apart"), default=False)
    score = models.FloatField(_("score then"))
    text_hash = models.CharField(_("hash of the partner's words then"), max_length=64, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about a match")
        verbose_name_plural = _("decisions about matches")
        constraints = [
            models.UniqueConstraint(
                fields=["match", "profile"],
                name="matching_decision_once_a_side",
                violation_error_message=_("This side has decided already."),
            ),
            models.CheckConstraint(
                condition=~Q(choice=Choice.DISMISSED) | ~Q(reason=""),
                name="matching_decision_dismissal_has_reason",
                violation_error_message=_("Say why the match is not relevant."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.match_id} {self.profile_id} {self.choice}"


class ImpressionQuerySet(models.QuerySet["Impression"]):
    def visible_to(self, actor: Actor) -> "ImpressionQuerySet":
        """Training labels, for the platform itself."""
        return self if actor.is_system else self.none()


class Impression(models.Model):
    """A candidate that was shown to a broker, with everything that a later fitting of the weights needs.

    Once a day for each match, side and reader; `weights` and `encoder_version` are those that made the score.
    """

    match = models.ForeignKey(
        "matching.Match", verbose_name=_("match"), on_delete=models.CASCADE, related_name="impressions"
    )
    profile = models.ForeignKey(
        CooperationProfile, verbose_name=_("side"), on_delete=models.CASCADE, related_name="+"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("shown to"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    shown_date = models.DateField(_("shown on"))
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    score = models.FloatField(_("score"))
    parts = models.JSONField(_("parts of the score"))
    weights = models.JSONField(_("weights"), default=dict)
    encoder_version = models.CharField(_("version of the encoder"), max_length=80, blank=True)

    objects = ImpressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("shown match")
        verbose_name_plural = _("shown matches")
        constraints = [
            models.UniqueConstraint(
                fields=["match", "profile", "reader", "shown_date"],
                name="matching_impression_once_a_day",
                violation_error_message=_("This was noted already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.match_id} {self.shown_date}"


class ViewRequestQuerySet(models.QuerySet["ViewRequest"]):
    def open(self) -> "ViewRequestQuerySet":
        """Those that still wait for their answer."""
        return self.filter(answered_at=None, ended_at=None)

    def visible_to(self, actor: Actor) -> "ViewRequestQuerySet":
        """Who asked, who was asked, and the organisation of the asking side."""
        if not actor.may(Permission.READ_MATCHES):
            return self.none()
        return self.filter(Q(asked__public_id=actor.id) | Q(profile__company__host__in=actor.organisations))


class ViewRequest(TimestampedModel):
    """A broker asks another broker what they think of a match; it is answered, or ends without an answer."""

    public_id = PublicIdField(prefix="vrq")
    match = models.ForeignKey(
        "matching.Match", verbose_name=_("match"), on_delete=models.CASCADE, related_name="view_requests"
    )
    profile = models.ForeignKey(
        CooperationProfile, verbose_name=_("side"), on_delete=models.CASCADE, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked"), on_delete=models.PROTECT, related_name="+"
    )
    question = models.CharField(_("question"), max_length=1000)
    view = models.CharField(_("view"), max_length=12, choices=View, blank=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    end = models.CharField(_("end without an answer"), max_length=10, choices=ViewEnd, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ViewRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a colleague")
        verbose_name_plural = _("questions to colleagues")
        constraints = [
            models.UniqueConstraint(
                fields=["match", "profile", "asked"],
                condition=Q(answered_at=None, ended_at=None),
                name="matching_view_asked_once",
                violation_error_message=_("This colleague was asked already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="")
                | (Q(ended_at__isnull=False, answered_at=None) & ~Q(end="")),
                name="matching_view_ends_with_a_reason",
                violation_error_message=_("A question that was answered has no other end."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.ended_at is None


class BlockQuerySet(models.QuerySet["Block"]):
    def in_force(self) -> "BlockQuerySet":
        return self.filter(lifted_at=None)

    def visible_to(self, actor: Actor) -> "BlockQuerySet":
        """Blocks that the actor's own side made; the other side never learns of them."""
        return self.filter(company__host__in=actor.organisations)


class Block(TimestampedModel):
    """A company does not want to be matched with another one; one way to say it suffices for both directions."""

    company = models.ForeignKey(
        "companies.Company", verbose_name=_("company"), on_delete=models.CASCADE, related_name="blocks"
    )
    other = models.ForeignKey(
        "companies.Company", verbose_name=_("not with"), on_delete=models.CASCADE, related_name="blocked_by"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "other"],
                condition=Q(lifted_at=None),
                name="matching_block_once",
                violation_error_message=_("This company is blocked already."),
            ),
            models.CheckConstraint(
                condition=~Q(company=models.F("other")),
                name="matching_block_is_of_another",
                violation_error_message=_("A company does not block itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.other_id}"
