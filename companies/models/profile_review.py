"""Second readers, and the company's approval of the exact words."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.choices import ReviewDecision
from companies.models.profile import CooperationProfile
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

LONGEST_COMMENT = 2000
MOST_POINTS = 5


def _points(label: Any) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(MOST_POINTS)]
    )


class ReviewQuerySet(models.QuerySet["ProfileReview"]):
    def open(self) -> "ReviewQuerySet":
        return self.filter(decided_at=None)

    def visible_to(self, actor: Actor) -> "ReviewQuerySet":
        """Reviews that the actor, or whom the actor stands in for, was asked for, and those of profiles of the actor's
        organisations and companies."""
        mine = self.readable_by(actor)
        if actor.may_everywhere(Permission.READ_COMPANIES):
            return self
        return self.filter(
            mine | Q(profile__company__host__in=actor.organisations) | Q(profile__company__in=actor.companies)
        )

    def of_reader(self, actor: Actor) -> "ReviewQuerySet":
        """Reviews that the actor was asked for, and open ones of people whom the actor stands in for."""
        return self.filter(self.readable_by(actor))

    @staticmethod
    def readable_by(actor: Actor) -> Q:
        if not actor.is_person:
            return Q(pk=None)
        return Q(reader__public_id=actor.id) | Q(reader__in=actor.stands_in_for, decided_at=None)


class ProfileReview(TimestampedModel):
    """A broker of another country reads a profile before it is published: four times 0 to 5 points and a comment.

    `text_hash` is that of the words which were read (`companies.services.profile_words.hash_of`). Whoever was asked
    before, and passed it on or did not answer, stands in `earlier_readers` by public id. `chosen_because` holds the
    stored reasons of the ranking (`brokers.wording.reason_sentences`).
    """

    public_id = PublicIdField(prefix="rvw")
    profile = models.ForeignKey(
        CooperationProfile, verbose_name=_("profile"), on_delete=models.CASCADE, related_name="reviews"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("second reader"), on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked at"))
    remind_at = models.DateTimeField(_("reminder due at"), null=True, blank=True)
    due_at = models.DateTimeField(_("due at"))
    # After this moment somebody else is asked; where there is nobody, it moves on by a working day.
    return_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated at"), null=True, blank=True)
    chosen_because = models.JSONField(_("chosen because"), default=list, blank=True)
    earlier_readers = ArrayField(
        models.CharField(max_length=24), verbose_name=_("earlier readers"), default=list, blank=True
    )
    advantages = _points(_("advantages"))
    clarity = _points(_("clarity"))
    cooperation = _points(_("what cooperation is expected"))
    wording = _points(_("guidelines and language"))
    decision = models.CharField(_("decision"), max_length=7, choices=ReviewDecision, blank=True)
    comment = models.TextField(_("comment"), max_length=LONGEST_COMMENT, blank=True)
    text_hash = models.CharField(_("hash of the words"), max_length=64, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a profile")
        verbose_name_plural = _("reviews of profiles")
        constraints = [
            models.UniqueConstraint(
                fields=["profile"],
                condition=Q(decided_at=None),
                name="companies_review_one_open",
                violation_error_message=_("The profile is being read already."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None)
                | Q(
                    advantages__isnull=False,
                    clarity__isnull=False,
                    cooperation__isnull=False,
                    wording__isnull=False,
                )
                & ~Q(decision=""),
                name="companies_review_decided_is_scored",
                violation_error_message=_("A decision needs all four scores."),
            ),
        ]
        indexes = [
            models.Index(fields=["reader"], name="companies_review_to_read", condition=Q(decided_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.profile} {self.decision or 'open'}"

    @property
    def total(self) -> int:
        """0 to 20 points; a part that was not scored counts nothing."""
        return sum(part or 0 for part in (self.advantages, self.clarity, self.cooperation, self.wording))


class ProfileApproval(models.Model):
    """The company agreed to the exact words of a profile, or asked for changes: never changed, only followed."""

    profile = models.ForeignKey(
        CooperationProfile, verbose_name=_("profile"), on_delete=models.CASCADE, related_name="approvals"
    )
    is_approved = models.BooleanField(_("approved"))
    text_hash = models.CharField(_("hash of the words"), max_length=64)
    comment = models.TextField(_("comment"), max_length=LONGEST_COMMENT, blank=True)
    at = models.DateTimeField(_("at"))
    is_noted_by_broker = models.BooleanField(_("written down by the broker"), default=False)
    actor_id = models.CharField(_("by"), max_length=60)

    class Meta:
        verbose_name = _("approval of a profile")
        verbose_name_plural = _("approvals of profiles")
        indexes = [models.Index(fields=["profile", "-id"], name="companies_approval_latest")]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.is_approved}"
