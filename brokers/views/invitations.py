"""Pages of invitations: writing one, and accepting one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from brokers.forms.team import AgreeForm, InvitationForm, JoinForm
from brokers.models import HostOrganisation, Invitation
from brokers.policies import can_administer, can_open_teams, require
from brokers.services import invitations
from brokers.services.invitations import DeadLinkError
from brokers.teams import managed_by
from brokers.views.team import managed
from tibs.accounts.middleware import actor_in
from tibs.accounts.roles import ROLES, RoleCode
from tibs.core.errors import DomainError
from tibs.core.refusals import show_in


@require_http_methods(["GET", "HEAD", "POST"])
def invite_colleague(request: HttpRequest, public_id: str) -> HttpResponse:
    """Invite a broker or a coordinator to an organisation."""
    return _invite(request, managed(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def invite_to_platform(request: HttpRequest) -> HttpResponse:
    """Invite project staff, an analyst or an administrator."""
    require(can_administer(actor_in(request)))
    return _invite(request, None)


def _invite(request: HttpRequest, organisation: HostOrganisation | None) -> HttpResponse:
    back = reverse("team", args=[organisation.public_id]) if organisation else reverse("platform_team")
    language = organisation.country.default_language if organisation else get_language()
    data = request.POST if request.method == "POST" else None
    form = InvitationForm(data, organisation=organisation, initial={"language": language})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            invitations.invite(
                **given | {"role": RoleCode(given["role"])},
                organisation=organisation,
                by=actor_in(request),
                now=timezone.now(),
            )
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("We write to %(email)s now.") % {"email": given["email"]})
            return redirect(back)
    crumbs = [(gettext("Team"), reverse("teams"))]
    if organisation:
        crumbs.append((organisation.short_name, back))
    context = {"organisation": organisation, "form": form, "crumbs": crumbs}
    return render(request, "brokers/invite.html", context, status=400 if form.errors else 200)


@require_POST
def send_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write the letter once more."""
    invitation = _managed_invitation(request, public_id)
    invitations.send_again(invitation=invitation, by=actor_in(request), now=timezone.now())
    messages.success(request, gettext("We write to %(email)s again.") % {"email": invitation.email})
    return _back(invitation)


@require_POST
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the link of a letter useless."""
    invitation = _managed_invitation(request, public_id)
    invitations.revoke(invitation=invitation, by=actor_in(request), now=timezone.now())
    messages.success(request, gettext("The invitation was taken back."))
    return _back(invitation)


def _managed_invitation(request: HttpRequest, public_id: str) -> Invitation:
    actor = actor_in(request)
    require(can_open_teams(actor))
    mine = Q(organisation__in=managed_by(actor))
    if can_administer(actor):
        mine |= Q(organisation=None)
    return get_object_or_404(
        Invitation.objects.filter(mine).select_related("organisation"), public_id=public_id
    )


def _back(invitation: Invitation) -> HttpResponse:
    if invitation.organisation:
        return redirect("team", invitation.organisation.public_id)
    return redirect("platform_team")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a letter. Opening it changes nothing; its button joins, once."""
    now = timezone.now()
    found = invitations.invitation_behind(token, now)
    if found is None:
        return render(request, "brokers/dead_link.html", status=404)
    is_new = invitations.needs_password(found)
    data = request.POST if request.method == "POST" else None
    form = JoinForm(data, initial={"name": found.name}) if is_new else AgreeForm(data)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.accept(
                token=token,
                name=form.cleaned_data.get("name", ""),
                password=form.cleaned_data.get("password", ""),
                now=now,
            )
        except DeadLinkError:
            return render(request, "brokers/dead_link.html", status=404)
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("Welcome. You can sign in now."))
            return redirect("account_login")
    context = {
        "invitation": found,
        "role": ROLES[RoleCode(found.role)].name,
        "form": form,
        "is_new": is_new,
    }
    return render(request, "brokers/invitation.html", context, status=400 if form.errors else 200)
