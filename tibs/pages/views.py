"""Pages that show more than one app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from companies.models import Company, CooperationProfile, ProfileText
from companies.policies import can_erase_company, can_see_contacts, require
from companies.profile_help import NEXT_ACTIONS
from companies.selectors import consents_in_force
from companies.services.duplicates import noted_suspicion
from companies.texts import best_text
from matching.models import Match
from matching.policies import can_read_matches, can_search_partners
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.accounts.roles import RoleCode
from tibs.pages.bonds import bonds_for, bonds_of
from tibs.pages.pairs import Pair, best_pairs, note_pairs
from tibs.pages.timeline import absorbed, timeline_of
from tibs.pages.work import desk_of
from tibs.pages.workbench import bench_of, with_notes

MATCHES_ON_COMPANY_PAGE = 5


@require_safe
def broker_home(request: HttpRequest) -> HttpResponse:
    """What waits for a broker, or for the organisation of a coordinator."""
    actor = actor_in(request)
    require(can_read_matches(actor))
    now = timezone.now()
    desk = desk_of(actor, now)
    note_pairs(desk.pairs, request.user)
    context = {
        "desk": desk,
        "now": now,
        "today": timezone.localdate(now),
        # What coordinators see is everybody's; the lists behind it are not narrowed to one person.
        "scope": "" if RoleCode.COORDINATOR in actor.roles else "&owner=me",
    }
    return render(request, "pages/work.html", context)


@require_safe
def company(request: HttpRequest, public_id: str) -> HttpResponse:
    """One company with everything that the reader may know about it, and what can be done with it now."""
    actor = actor_in(request)
    related = ("country", "region", "nace", "host", "owner", "proposed_owner")
    visible = (
        with_notes(Company.objects.visible_to(actor))
        .annotate(bonds=bonds_for(actor), absorbed=absorbed())
        .select_related(*related)
    )
    found = visible.filter(public_id=public_id).first()
    if found is None:  # links in older letters lead to what the entry was merged into
        return redirect(get_object_or_404(Company.objects.visible_to(actor), merged__public_id=public_id))
    bench, pairs = bench_of(found, actor), _pairs(found, actor)
    note_pairs(pairs, request.user)
    context = {
        "company": found,
        "crumbs": [(gettext("Companies"), reverse("companies"))],
        "facts": _facts(found),
        "profiles": _profiles(found),
        "bench": bench,
        "bonds": bonds_of(getattr(found, "bonds", None)),
        "suspicion": noted_suspicion(found) if bench else "",
        "may_change": bench is not None,
        "may_see_contacts": can_see_contacts(actor, found),
        "contacts": list(found.contacts.order_by("-is_primary", "name", "id"))
        if can_see_contacts(actor, found)
        else [],
        "may_erase": can_erase_company(actor, found),
        "consents": consents_in_force(found),
        "timeline": timeline_of(found, actor, request.GET.get("before", "")),
        "is_older": "before" in request.GET,
        "may_read_matches": can_read_matches(actor),
        "may_search": can_search_partners(actor),
        "pairs": pairs,
    }
    return render(request, "pages/company.html", context)


def _pairs(company: Company, actor: Actor) -> list[Pair]:
    matches = Match.objects.visible_to(actor).still_open().of_companies(Company.objects.filter(pk=company.pk))
    return best_pairs(matches, actor, is_own=lambda one: one == company, limit=MATCHES_ON_COMPANY_PAGE)


def _profiles(company: Company) -> list[tuple[CooperationProfile, ProfileText | None, Promise | str]]:
    """The newest first, each with its best title and what comes next."""
    language = get_language() or "en"
    rows = company.profiles.prefetch_related("texts").order_by("-published_at", "-id")
    return [(row, best_text(row, "title", language), NEXT_ACTIONS.get(row.status, "")) for row in rows]


def _facts(company: Company) -> list[tuple[str, str | int | None]]:
    return [
        (gettext("Brands and trade names"), ", ".join(company.brands)),
        (gettext("Country"), company.country.name),
        (gettext("Region"), company.region.name if company.region else ""),
        (
            gettext("Address"),
            ", ".join(filter(None, [company.street, f"{company.postcode} {company.city}".strip()])),
        ),
        (gettext("Main activity"), str(company.nace) if company.nace else ""),
        (gettext("Size"), str(company.get_size_class_display())),
        (gettext("Language"), company.get_language_display()),
        (gettext("Staff"), company.staff_count),
        (gettext("Register number"), company.register_number),
        (gettext("VAT number"), company.vat_number),
        (gettext("Host organisation"), company.host.name),
        (gettext("Responsible"), company.owner.name if company.owner else ""),
        (gettext("Source"), company.source),
    ]
