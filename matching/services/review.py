"""Which matches wait for a look by the reader's side: those that are new, and those that changed since."""

from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Subquery, Value, When

from companies.models import Company, CooperationProfile, ProfileText
from matching.choices import IntroductionStatus
from matching.models import Introduction, Match, MatchDecision
from matching.models.match import MatchQuerySet
from matching.wording import WORTH_REVIEW
from tibs.accounts.actor import Actor

# A score that moved so far, about half of a step between two words for it, is worth another look.
MATERIAL = 0.05


def to_review(actor: Actor, profile: CooperationProfile | None = None) -> MatchQuerySet:
    """Matches of companies in the actor's care (or of one profile) that their side has not decided on as they are now.

    `is_first` tells which side waits; where both are in the actor's care, first one and then the other.
    """
    own = Company.objects.in_care_of(actor).values("pk")

    def waits(side: str, partner: str) -> Q:
        mine = Q(**{side: profile}) if profile else Q(**{f"{side}__company__in": own})
        decided = Q(Exists(decisions_that_hold(side, partner)))
        return mine & ~decided & ~Q(Exists(declines_that_hold(side, partner)))

    first, second = waits("first", "second"), waits("second", "first")
    visible = Match.objects.visible_to(actor).still_open_among_many()
    waiting = visible.filter(first | second, score__gte=WORTH_REVIEW)
    which = Case(When(first, then=Value(True)), default=Value(False), output_field=BooleanField())
    return waiting.annotate(is_first=which)


def declines_that_hold(side: str, partner: str) -> Any:
    """Introductions of the two profiles that were declined and after which neither changed its words, as far as a side
    knows of them; for a subquery.

    A no is an answer to these two as they are: the pair stays in the lists of both, but nobody is asked to look again.
    What its own firm declined before it was sent is the decision of the sender's side alone.
    """
    words = ProfileText.objects.filter(
        Q(profile=OuterRef(OuterRef("first"))) | Q(profile=OuterRef(OuterRef("second"))),
        is_original=True,
        updated_at__gt=OuterRef("ended_at"),
    )
    return Introduction.objects.filter(
        Q(sender_profile=OuterRef(side), receiver_profile=OuterRef(partner))
        | Q(sender_profile=OuterRef(partner), receiver_profile=OuterRef(side), sent_at__isnull=False),
        ~Exists(words),
        status=IntroductionStatus.DECLINED,
    )


def decisions_that_hold(side: str, partner: str) -> Any:
    """Decisions of a side about the partner's words of today and a score that has hardly moved; for a subquery."""
    words = ProfileText.objects.filter(profile=OuterRef(OuterRef(partner)), is_original=True)
    return MatchDecision.objects.filter(
        match=OuterRef("pk"),
        profile=OuterRef(side),
        score__gte=OuterRef("score") - MATERIAL,
        score__lte=OuterRef("score") + MATERIAL,
        text_hash=Subquery(words.values("text_hash")[:1]),
    )
