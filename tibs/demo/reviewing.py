"""What brokers of the demonstration think of their matches, once there are some."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from companies.models import CooperationProfile
from matching.choices import Choice
from matching.models import Match, MatchDecision
from matching.services.decisions import Verdict, decide
from matching.services.opinions import advisers, answer_view, ask_view
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.demo.cast import Cast, read


def review_matches(cast: Cast, now: datetime) -> None:
    """Decide about matches and ask colleagues, as the story says; told again it changes nothing."""
    if MatchDecision.objects.exists():
        return
    for told in read("reviews")["review"]:
        profile, match = _found(cast, told)
        if match is None:
            continue
        by = cast.broker(profile.company)
        if "choice" in told:
            decide(match=match, profile=profile, verdict=_verdict(told), by=by, now=now)
        else:
            _ask(cast, match, profile, told, by)


def _found(cast: Cast, told: Mapping[str, Any]) -> tuple[CooperationProfile, Match | None]:
    """The first firm that has such a match: that of the story, or one of the `others`."""
    profile, match = cast.profile(told["company"]), None
    for key in [told["company"], *told.get("others", [])]:
        profile = cast.profile(key)
        match = _match(profile, told)
        if match:
            break
    return profile, match


def _match(profile: CooperationProfile, told: Mapping[str, Any]) -> Match | None:
    """One of the best matches that nobody has looked at; None where the profile has too few."""
    new = Match.objects.of_profile(profile).filter(decisions=None, view_requests=None)
    found = [
        match
        for match in new.select_related("first__company", "second__company")
        if told.get("country") in {None, _partner(match, profile).company.country_id}
    ]
    return found[told["place"]] if len(found) > told["place"] else None


def _partner(match: Match, profile: CooperationProfile) -> CooperationProfile:
    return match.second if match.first_id == profile.pk else match.first


def _verdict(told: Mapping[str, Any]) -> Verdict:
    return Verdict(
        Choice(told["choice"]), told.get("reason", ""), told.get("note", ""), blocks=told.get("blocks", False)
    )


def _ask(cast: Cast, match: Match, profile: CooperationProfile, told: Mapping[str, Any], by: Actor) -> None:
    asked = cast.person(told["asked"]) if "asked" in told else _colleague(_partner(match, profile), by)
    request = ask_view(match=match, profile=profile, asked=asked, question=told["question"], by=by)
    if "view" in told:
        answer_view(request=request, view=told["view"], answer=told["answer"], by=cast.actor(asked))


def _colleague(partner: CooperationProfile, by: Actor) -> User:
    """A broker of the partner's country."""
    country = partner.company.country_id
    there = advisers(partner, by).filter(membership__organisation__country=country)
    return there[0].membership.user
