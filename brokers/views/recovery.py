"""The page on which a coordinator helps a colleague back in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from brokers.policies import can_open_teams, can_recover_access, require
from brokers.services.recovery import help_back_in
from tibs.accounts.middleware import actor_in
from tibs.accounts.models import User
from tibs.entrance.recency import recently_authenticated


@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def recover(request: HttpRequest, user_id: str) -> HttpResponse:
    """What happens to whom, and the button that does it."""
    actor = actor_in(request)
    require(can_open_teams(actor))
    person = get_object_or_404(User, public_id=user_id, is_active=True)
    if not can_recover_access(actor, person):
        raise Http404
    if request.method == "POST":
        help_back_in(user=person, by=actor)
        done = gettext("%(name)s sets up a new device at the next login.")
        messages.success(request, done % {"name": person.name})
        return redirect("teams")
    crumbs = [(gettext("Team"), reverse("teams"))]
    return render(request, "brokers/recover.html", {"person": person, "crumbs": crumbs})
