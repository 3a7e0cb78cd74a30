"""Reads of the matching pages."""

from django.db.models import Exists, OuterRef, Prefetch

from companies.models import Company, CooperationProfile
from companies.models.profile import ProfileQuerySet
from matching.choices import Choice
from matching.models import Match, MatchDecision, MatchRun
from matching.models.decision import DecisionQuerySet
from matching.models.match import MatchQuerySet
from tibs.accounts.actor import Actor
from tibs.core.paging import Page, page_of

CARDS_ON_A_PAGE = 10
SIDES = ("first", "second")
SHOWN_WITH_A_PARTNER = ("company__country", "company__region__parent", "company__nace", "domain")


def profiles_worked_on(actor: Actor) -> ProfileQuerySet:
    """Profiles of companies that the actor may see, in every state; `is_matchable` tells whether matches show."""
    matchable = CooperationProfile.objects.matchable().filter(pk=OuterRef("pk"))
    return (
        CooperationProfile.objects.filter(company__in=Company.objects.visible_to(actor).values("pk"))
        .select_related("company__country")
        .prefetch_related("texts")
        .annotate(is_matchable=Exists(matchable))
    )


def page_of_matches(profile: CooperationProfile, actor: Actor, cursor: str) -> Page[Match]:
    """The matches of one profile, best first; consent of both sides is asked for again."""
    matches = with_sides(Match.objects.visible_to(actor).of_profile(profile))
    return page_of(matches, by=("-score", "public_id"), size=CARDS_ON_A_PAGE, cursor=cursor)


def with_sides(matches: MatchQuerySet) -> MatchQuerySet:
    """With everything that a card shows of both sides, and the frozen numbers of the run."""
    return matches.select_related(
        *(f"{side}__{path}" for side in SIDES for path in SHOWN_WITH_A_PARTNER)
    ).prefetch_related(
        Prefetch("run", MatchRun.objects.defer("profile_ids")),
        *(f"{side}__texts" for side in SIDES),
    )


def decided(actor: Actor, choice: Choice) -> DecisionQuerySet:
    """Decisions for companies in the actor's care; `is_open` tells whether the partner can still be shown."""
    mine = Company.objects.in_care_of(actor).values("pk")
    open_now = Match.objects.still_open().filter(pk=OuterRef("match"))
    sides = [f"match__{side}__company__country" for side in SIDES]
    return (
        MatchDecision.objects.visible_to(actor)
        .filter(profile__company__in=mine, choice=choice)
        .annotate(is_open=Exists(open_now))
        .select_related("decided_by", "profile__company", *sides)
        .prefetch_related(*(f"match__{side}__texts" for side in SIDES))
    )
