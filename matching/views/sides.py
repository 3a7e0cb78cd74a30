"""What the views of the review share: the reader's side of a match."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from companies.models import CooperationProfile
from companies.policies import require
from matching import selectors
from matching.models import Match
from matching.policies import can_decide_on_matches
from tibs.accounts.middleware import actor_in

Side = tuple[CooperationProfile, Match]


def own_side(request: HttpRequest, public_id: str, match_id: str) -> Side:
    """The own profile and the match of an address. Strangers get 404, who may only read 403; a profile that is
    neither side of the match is not found."""
    actor = actor_in(request)
    own = get_object_or_404(selectors.profiles_worked_on(actor), public_id=public_id)
    require(can_decide_on_matches(actor, own))
    match = get_object_or_404(selectors.with_sides(Match.objects.of_profile(own)), public_id=match_id)
    return own, match


def own_decided(request: HttpRequest, public_id: str, match_id: str) -> Side:
    """The same for a match that may be over by now: a decision can always be taken back."""
    actor = actor_in(request)
    own = get_object_or_404(selectors.profiles_worked_on(actor), public_id=public_id)
    require(can_decide_on_matches(actor, own))
    decided = Match.objects.filter(decisions__profile=own) | Match.objects.of_profile(own).order_by()
    return own, get_object_or_404(decided.distinct(), public_id=match_id)


def sides(rows: list[Match]) -> list[Side]:
    """Matches of the review, each with the side that waits."""
    return [(row.first if getattr(row, "is_first", True) else row.second, row) for row in rows]
