"""The ranked partners of one profile."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from matching import selectors
from matching.api import shapes
from matching.models import Match
from matching.policies import can_read_matches
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.api import kinds, parameters
from tibs.api.pagination import Order
from tibs.api.parameters import PageParameters
from tibs.api.schema import SIGNED_IN, operation, page_of
from tibs.api.views import ApiView
from tibs.core.converters import CONVERTERS

BEST_FIRST = Order("best", ("-score", "public_id"))
SIDES = ("first__company", "second__company")


class ProfileMatches(ApiView):
    """Brokers and coordinators read the matches of the companies that their own organisation hosts."""

    @operation(
        "list_profile_matches",
        summary="Foreign partners of one of your own profiles",
        description="Best first; empty while the profile itself may not be matched.",
        answers=page_of(shapes.ProfileMatch()),
        parameters=[
            PageParameters,
            OpenApiParameter(
                "public_id", str, OpenApiParameter.PATH, pattern=f"^{CONVERTERS['profile'].regex}$"
            ),
        ],
        errors=[*SIGNED_IN, kinds.NOT_FOUND],
        tag="matches",
    )
    def get(self, request: Request, public_id: str) -> HttpResponse:
        actor = actor_in(request._request)
        if not can_read_matches(actor):
            raise PermissionDenied
        asked = parameters.read(request, PageParameters)
        profile = _own_profile(public_id, actor)
        matches = Match.objects.visible_to(actor).of_profile(profile).select_related(*SIDES)
        if not profile.is_matchable:
            matches = matches.none()
        page = BEST_FIRST.page(matches, asked)
        items = [shapes.profile_match(match, profile, actor) for match in page.rows]
        return self.answer_page(request, page, items)


def _own_profile(public_id: str, actor: Actor) -> Any:
    """The profile with `is_matchable`. 404 for strangers, as if it did not exist."""
    profiles = selectors.profiles_worked_on(actor).prefetch_related(None)
    return get_object_or_404(profiles, public_id=public_id)
