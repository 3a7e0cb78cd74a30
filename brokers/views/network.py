"""All brokers of the network, and the default broker of each country."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from brokers.models import Broker, DefaultBroker, HostOrganisation
from brokers.policies import can_open_teams, can_read_network, require
from brokers.services.defaults import choose_default
from brokers.teams import brokers_by_country, managed_by, members_of
from regions.models import Country
from tibs.accounts.middleware import actor_in


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """The brokers of every country: whom to ask there."""
    actor = actor_in(request)
    require(can_read_network(actor))
    members = members_of(HostOrganisation.objects.active(), timezone.localdate())
    context = {"brokers": [member for member in members if member.broker]}
    return render(request, "brokers/network.html", context)


@dataclass(frozen=True)
class Row:
    """A country, its default broker, and whom the reader may choose."""

    country: Country
    present: Broker | None
    choices: list[Broker]


@require_safe
def defaults(request: HttpRequest) -> HttpResponse:
    """Who gets the firms of each country that fit nobody else."""
    actor = actor_in(request)
    require(can_open_teams(actor))
    chosen = DefaultBroker.objects.select_related("broker__membership__user")
    present = {row.country_id: row.broker for row in chosen}
    brokers, mine = brokers_by_country(), set(managed_by(actor).values_list("pk", flat=True))
    rows = [
        Row(
            country,
            present.get(country.code),
            _choices(brokers.get(country.code, []), present.get(country.code), mine),
        )
        for country in Country.objects.active().order_by("name")
    ]
    context = {"rows": rows, "crumbs": [(gettext("Team"), reverse("teams"))]}
    return render(request, "brokers/defaults.html", context)


def _choices(brokers: list[Broker], present: Broker | None, mine: set[int]) -> list[Broker]:
    """Whom the reader may choose: nobody while the present one belongs to somebody else's organisation."""
    if present and present.membership.organisation_id not in mine:
        return []
    return [broker for broker in brokers if broker.membership.organisation_id in mine]


@require_POST
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the default broker of a country."""
    require(can_open_teams(actor_in(request)))
    country = get_object_or_404(Country.objects.active(), code=code)
    brokers = Broker.objects.serving(country).with_people()
    broker = brokers.filter(membership__user__public_id=request.POST.get("broker", "")).first()
    if broker is None:
        raise Http404
    choose_default(country=country, broker=broker, by=actor_in(request))
    messages.success(request, gettext("The default broker was chosen."))
    return redirect("default_brokers")
