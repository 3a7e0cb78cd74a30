"""Partners of one profile side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from companies.policies import require
from matching import selectors
from matching.choices import DismissReason
from matching.models import Match
from matching.policies import can_decide_on_matches
from matching.presenting.comparing import FEWEST, MOST, compare
from matching.presenting.standing import shown_to
from matching.services.impressions import note_shown
from tibs.accounts.middleware import actor_in


@require_safe
def match_compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two to four partners, named as `m` in the address, which can be kept and sent to a colleague."""
    actor = actor_in(request)
    own = get_object_or_404(selectors.profiles_worked_on(actor), public_id=public_id)
    require(can_decide_on_matches(actor, own))
    wanted = list(dict.fromkeys(request.GET.getlist("m")))
    matches = selectors.with_sides(Match.objects.of_profile(own).still_open())
    found = {match.public_id: match for match in matches.filter(public_id__in=wanted[:MOST])}
    chosen = [found[code] for code in wanted if code in found]
    is_enough = len(chosen) >= FEWEST
    if is_enough:
        note_shown([(own.pk, match) for match in chosen], request.user, timezone.localdate())
    context = {
        "crumbs": [
            (gettext("Matches to review"), reverse("match_review")),
            (own.company.name, own.get_absolute_url()),
        ],
        "profile": own,
        "comparison": compare(shown_to(actor, [(own, match) for match in chosen])) if is_enough else None,
        "is_too_many": len(wanted) > MOST,
        "is_gone": is_enough and len(chosen) < len(wanted[:MOST]),
        "reasons": DismissReason.choices,
        "back": request.get_full_path(),
    }
    return render(request, "matching/match_compare.html", context)
