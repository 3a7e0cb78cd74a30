"""The ranked partners of a profile, and the search for partners."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from companies.policies import require
from companies.texts import best_text
from matching import selectors
from matching.choices import DismissReason
from matching.forms.partners import PartnerSearchForm
from matching.policies import can_read_matches, can_search_partners
from matching.presenting.cards import Group, card_of_partner, groups_of, own_profile, own_request
from matching.presenting.standing import shown_to
from matching.services.impressions import note_shown
from matching.services.partners import Partner, find_for_profile, find_for_request
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError
from tibs.core.paging import BadCursorError, links_of
from tibs.core.refusals import show_in


@require_safe
def profile_matches(request: HttpRequest, public_id: str) -> HttpResponse:
    """The ranked foreign partners of one profile, ten a page."""
    actor = actor_in(request)
    profile = get_object_or_404(selectors.profiles_worked_on(actor), public_id=public_id)
    require(can_read_matches(actor))
    try:
        page = selectors.page_of_matches(profile, actor, request.GET.get("cursor", ""))
    except BadCursorError:
        page, is_lost = selectors.page_of_matches(profile, actor, ""), True
    else:
        is_lost = False
    shown = shown_to(actor, [(profile, match) for match in page.rows])
    note_shown([(profile.pk, match) for match in page.rows], request.user, timezone.localdate())
    context = {
        "crumbs": [
            (gettext("Companies"), reverse("companies")),
            (profile.company.name, profile.company.get_absolute_url()),
        ],
        "search_url": reverse("partner_search", query={"profile": profile.public_id}),
        "profile": profile,
        "title": best_text(profile, "title", get_language() or "en"),
        "page": page,
        "links": links_of(page, request),
        "groups": groups_of(one.card for one in shown),
        "reasons": DismissReason.choices,
        "back": request.get_full_path(),
        "compared_at": max((match.updated_at for match in page.rows), default=None),
        "is_lost": is_lost,
    }
    return render(request, "matching/profile_matches.html", context, status=400 if is_lost else 200)


@require_safe
def partner_search(request: HttpRequest) -> HttpResponse:
    """Foreign partners now: for a request that somebody types, or for a profile (`?profile=prf_…`)."""
    actor = actor_in(request)
    require(can_search_partners(actor))
    if "profile" in request.GET:
        return _for_profile(request, actor, request.GET["profile"])
    return _for_request(request, actor)


def _for_profile(request: HttpRequest, actor: Actor, public_id: str) -> HttpResponse:
    profile = get_object_or_404(selectors.profiles_worked_on(actor), public_id=public_id)
    own, problem, partners = own_profile(profile), "", list[Partner]()
    try:
        partners = find_for_profile(profile=profile, by=actor)
    except BadInputError as error:
        problem = str(error)
    cards = [card_of_partner(partner, own, actor) for partner in partners]
    context = {
        "profile": profile,
        "title": best_text(profile, "title", get_language() or "en"),
        "form": PartnerSearchForm(initial=_initial(actor)),
        "problem": problem,
        "groups": groups_of(cards),
    }
    return render(request, "matching/partner_search.html", context)


def _for_request(request: HttpRequest, actor: Actor) -> HttpResponse:
    initial = _initial(actor)
    is_sent = "text" in request.GET
    form = PartnerSearchForm(initial | request.GET.dict() if is_sent else None, initial=initial)
    groups: list[Group] = []
    if form.is_valid():
        wanted = form.request()
        try:
            found = find_for_request(request=wanted, by=actor)
        except BadInputError as error:
            show_in(form, error)
        else:
            own = own_request(wanted)
            groups = groups_of(card_of_partner(partner, own, actor) for partner in found)
    context = {"form": form, "groups": groups, "is_answered": is_sent and not form.errors}
    return render(request, "matching/partner_search.html", context)


def _initial(actor: Actor) -> dict[str, str]:
    return {"language": get_language() or "en", "country": min(actor.countries, default="")}
