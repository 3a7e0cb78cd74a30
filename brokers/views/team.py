"""Pages on which coordinators and administrators look after people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from brokers.forms.team import LeaveForm
from brokers.models import HostOrganisation
from brokers.ownership import counts_of
from brokers.policies import can_administer, can_open_teams, require
from brokers.services.leaving import release
from brokers.teams import managed_by, members_of, open_invitations, platform_people, with_numbers
from tibs.accounts.middleware import actor_in
from tibs.accounts.models import User
from tibs.core.errors import DomainError
from tibs.core.refusals import show_in


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """The organisations that the reader looks after; somebody with a single one goes straight to it."""
    actor = actor_in(request)
    require(can_open_teams(actor))
    organisations = list(with_numbers(managed_by(actor)))
    if len(organisations) == 1 and not can_administer(actor):
        return redirect("team", organisations[0].public_id)
    context = {"organisations": organisations, "may_administer": can_administer(actor)}
    return render(request, "brokers/teams.html", context)


@require_safe
def team(request: HttpRequest, public_id: str) -> HttpResponse:
    """The people of one organisation and who is invited."""
    organisation = managed(request, public_id)
    now = timezone.now()
    context = {
        "organisation": organisation,
        "crumbs": [(gettext("Team"), reverse("teams"))],
        "members": members_of(HostOrganisation.objects.filter(pk=organisation.pk), timezone.localdate(now)),
        "invitations": open_invitations(organisation, now),
        "me": actor_in(request).id,
    }
    return render(request, "brokers/team.html", context)


@require_safe
def platform(request: HttpRequest) -> HttpResponse:
    """People with a role in the whole network and who is invited to one; for administrators."""
    require(can_administer(actor_in(request)))
    context = {
        "crumbs": [(gettext("Team"), reverse("teams"))],
        "people": platform_people(),
        "invitations": open_invitations(None, timezone.now()),
    }
    return render(request, "brokers/platform.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, public_id: str, user_id: str) -> HttpResponse:
    """What moves when somebody leaves, to whom, and the button that does it."""
    organisation = managed(request, public_id)
    user = member_of(organisation, user_id)
    data = request.POST if request.method == "POST" else None
    form = LeaveForm(data, user=user, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            release(
                user=user,
                organisation=organisation,
                successor=form.person(),
                by=actor_in(request),
                now=timezone.now(),
            )
        except DomainError as error:
            show_in(form, error)
        else:
            done = gettext("%(name)s does not work for %(organisation)s any more.")
            messages.success(request, done % {"name": user.name, "organisation": organisation.short_name})
            return redirect("team", organisation.public_id)
    context = {
        "organisation": organisation,
        "crumbs": [
            (gettext("Team"), reverse("teams")),
            (organisation.short_name, reverse("team", args=[public_id])),
        ],
        "person": user,
        "form": form,
        "counts": counts_of(user, organisation),
    }
    return render(request, "brokers/leave.html", context, status=400 if form.errors else 200)


def managed(request: HttpRequest, public_id: str) -> HostOrganisation:
    """The organisation, if the reader looks after its people; 403 for those who look after none, else 404."""
    actor = actor_in(request)
    require(can_open_teams(actor))
    return get_object_or_404(managed_by(actor), public_id=public_id)


def member_of(organisation: HostOrganisation, user_id: str) -> User:
    """Somebody who works there, or 404."""
    people = User.objects.filter(
        memberships__organisation=organisation, memberships__ended_at=None
    ).distinct()
    return get_object_or_404(people, public_id=user_id)
