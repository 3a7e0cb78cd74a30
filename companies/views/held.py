"""Registrations that a person looks at before their confirmation is asked for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from companies.models import Registration
from companies.policies import can_read_held_registrations, require
from companies.services.held import held_for, refuse_registration, release_registration
from companies.wording import HOLD_REASONS
from tibs.accounts.middleware import actor_in

MOST_SHOWN = 50


@require_safe
def held_registrations(request: HttpRequest) -> HttpResponse:
    """What waits for a look, the oldest first."""
    actor = actor_in(request)
    require(can_read_held_registrations(actor))
    rows = held_for(actor, timezone.now())[:MOST_SHOWN]
    context = {"rows": [(row, HOLD_REASONS.get(row.hold_reason, row.hold_reason)) for row in rows]}
    return render(request, "companies/held_registrations.html", context)


@require_POST
def release(request: HttpRequest, public_id: str) -> HttpResponse:
    release_registration(registration=_held(request, public_id), by=actor_in(request))
    messages.success(request, gettext("Released: the letter that asks for the confirmation is on its way."))
    return redirect("held_registrations")


@require_POST
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    refuse_registration(registration=_held(request, public_id), by=actor_in(request))
    messages.success(request, gettext("Closed. Nothing of what it said is kept."))
    return redirect("held_registrations")


def _held(request: HttpRequest, public_id: str) -> Registration:
    actor = actor_in(request)
    require(can_read_held_registrations(actor))
    found = held_for(actor, timezone.now()).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
