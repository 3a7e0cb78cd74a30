"""Pairs of profiles that fit."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from companies.models import Company, CooperationProfile
from matching.choices import OPEN_INTRODUCTIONS, IntroductionStatus
from matching.models.decision import Block
from matching.models.introduction import Introduction
from matching.models.match_run import MatchRun
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


def apart() -> list[Q]:
    """Conditions that neither company blocked the other, and that they were not introduced and are not about to be."""
    met = Introduction.objects.filter(status__in=(*OPEN_INTRODUCTIONS, IntroductionStatus.INTRODUCED))
    kinds = ((Block.objects.in_force(), "company", "other"), (met, "low_company", "high_company"))
    companies = OuterRef("first__company"), OuterRef("second__company")
    return [
        ~Q(Exists(rows.filter(**{left: mine, right: theirs})))
        for rows, left, right in kinds
        for mine, theirs in (companies, companies[::-1])
    ]


def _is_listed(side: str, keys: models.QuerySet[CooperationProfile, Any]) -> Case:
    """Whether that side is one of `keys`, in a form that the database turns into no join."""
    return Case(
        When(**{f"{side}__in": keys}, then=Value(True)),
        default=Value(False),
        output_field=models.BooleanField(),
    )


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, actor: Actor) -> Self:
        """Pairs of which one side is hosted by the actor's organisation; all for network-wide readers of matches."""
        if not actor.may(Permission.READ_MATCHES):
            return self.none()
        if actor.may_everywhere(Permission.READ_MATCHES):
            return self
        return self.filter(
            Q(first__company__host__in=actor.organisations) | Q(second__company__host__in=actor.organisations)
        )

    def still_open(self) -> Self:
        """Pairs that stand and whose both sides may be shown to each other at this moment."""
        open_now = CooperationProfile.objects.matchable().values("pk")
        return self.filter(*apart(), first__in=open_now, second__in=open_now, is_current=True)

    def still_open_among_many(self) -> Self:
        """The same for questions about thousands of pairs. What is open is listed once and looked up; as a join, the
        database compares each pair with each profile where it expects fewer pairs than there are."""
        open_now = CooperationProfile.objects.matchable().values("pk")
        both = (_is_listed("first", open_now), _is_listed("second", open_now))
        return self.filter(*apart(), *both, is_current=True)

    def of_companies(self, companies: models.QuerySet[Company]) -> Self:
        """Pairs of which at least one side belongs to one of these companies."""
        keys = companies.values("pk")
        return self.filter(Q(first__company__in=keys) | Q(second__company__in=keys))

    def of_profile(self, profile: CooperationProfile) -> Self:
        """The pairs of one profile that stand, best first, while both sides may still be shown."""
        open_now = CooperationProfile.objects.matchable().values("pk")
        return self.filter(
            Q(first=profile, second__in=open_now) | Q(second=profile, first__in=open_now),
            *apart(),
            is_current=True,
        ).order_by("-score", "public_id")


class Match(TimestampedModel):
    """Two profiles of different countries that may serve each other, once for the pair.

    `first` is the profile with the smaller key. `forward` is what the first seeks against what the second offers,
    `backward` the other way; `parts` holds both as named sums. A rank is the place in that side's own list, empty
    where the pair is not among its best.
    """

    public_id = PublicIdField(prefix="mat")
    first = models.ForeignKey(
        CooperationProfile,
        verbose_name=_("first profile"),
        on_delete=models.CASCADE,
        related_name="matches_as_first",
    )
    second = models.ForeignKey(
        CooperationProfile,
        verbose_name=_("second profile"),
        on_delete=models.CASCADE,
        related_name="matches_as_second",
    )
    run = models.ForeignKey(MatchRun, verbose_name=_("run"), on_delete=models.PROTECT, related_name="matches")
    is_current = models.BooleanField(_("found by the newest run"), default=True)
    score = models.FloatField(_("score"))
    forward = models.FloatField(_("what the first seeks"))
    backward = models.FloatField(_("what the second seeks"))
    parts = models.JSONField(_("parts of the score"))
    first_rank = models.PositiveSmallIntegerField(_("rank for the first"), null=True)
    second_rank = models.PositiveSmallIntegerField(_("rank for the second"), null=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        indexes = [
            models.Index(
                fields=["first", "-score"], name="matching_match_of_first", condition=Q(is_current=True)
            ),
            models.Index(
                fields=["second", "-score"], name="matching_match_of_second", condition=Q(is_current=True)
            ),
            models.Index(
                fields=["-score", "public_id"], name="matching_match_best", condition=Q(is_current=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="matching_match_pair_once",
                violation_error_message=_("This pair is matched already."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="matching_match_pair_is_ordered",
                violation_error_message=_("The first profile of a pair is the older one."),
            ),
            models.CheckConstraint(
                condition=Q(score__gt=0),
                name="matching_match_score_is_positive",
                violation_error_message=_("A pair without anything in common is no match."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
