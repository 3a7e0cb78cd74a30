"""The catalogue of published profiles, and the page of each."""

import re
from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from companies.calls import why_over
from companies.catalogue.facets import Counts, counts_of
from companies.catalogue.search import (
    BEST,
    BEST_FIRST,
    NEWEST_FIRST,
    Search,
    alike,
    all_published,
    by_place,
    narrowed,
)
from companies.models import CooperationProfile
from companies.profile_sheet import sheet_of, with_sheet
from companies.references import REFERENCE
from regions.selectors import country_names
from tibs.core.htmx import wants_part
from tibs.core.paging import BadCursorError, Page, links_of, page_of
from tibs.pages.public.asked_language import asked_language, in_asked_language
from tibs.pages.public.filters import chips_of, facets_of
from tibs.pages.public.forms import ORDERS, CatalogueForm
from tibs.pages.public.marked import etag_of_profile, marks_of
from tibs.pages.public.opportunities import (
    opportunities_of,
    opportunity_of,
    public_profiles,
    similar_to,
    was_public,
)

ON_A_PAGE = 20
ALIKE = 5
WRITTEN = re.compile(rf"(?:TIBS)?-?({REFERENCE.removeprefix('TIBS-')})", re.ASCII)


@login_not_required
@require_safe
def opportunities(request: HttpRequest) -> HttpResponse:
    """The published profiles that fit; the address holds the whole state of the list. A reference that was public
    once leads to its page."""
    form = CatalogueForm(request.GET)
    search, order = form.search, form.order
    if (reference := reference_in(search.q)) and was_public(reference):
        return _jump(request, reference)
    searched = search if form.is_valid() else None
    try:
        page, is_lost = _page(searched, order, request.GET.get("cursor", "")), False
    except BadCursorError:
        page, is_lost = _page(searched, order), True
    counts = counts_of(search) if form.is_valid() else Counts()
    near = (
        alike(public_profiles(), search).order_by(*NEWEST_FIRST)
        if search.words and not counts.total
        else None
    )
    context = {
        "form": form,
        "facets": facets_of(form, counts),
        "chips": chips_of(form, request.GET.get("sort", "")),
        "query": search.as_query(),
        "orders": [(label, code == order, search.as_query(sort=code)) for code, label in ORDERS],
        "opportunities": opportunities_of(page.rows),
        "near": opportunities_of(near[:ALIKE]) if near is not None else [],
        "count": counts.total,
        "is_lost": is_lost,
        "links": links_of(page, request),
    }
    template = "pages/opportunities.html#answer" if wants_part(request) else "pages/opportunities.html"
    response = render(request, template, context, status=400 if is_lost or form.errors else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page(search: Search | None, order: str, cursor: str = "") -> Page[CooperationProfile]:
    """A page of the profiles that fit; of none where the address asks for what there is not."""
    if search is None:
        return page_of(public_profiles().none(), by=NEWEST_FIRST, size=ON_A_PAGE)
    if order != BEST:
        found = narrowed(public_profiles(), search)
        return page_of(found, by=NEWEST_FIRST, size=ON_A_PAGE, cursor=cursor)
    # Every profile with the words is compared, so only its place is read, and the rest for those of the page.
    places = by_place(narrowed(all_published(), search), search.words).only("pk")
    page = page_of(places, by=BEST_FIRST, size=ON_A_PAGE, cursor=cursor)
    shown = public_profiles().in_bulk([profile.pk for profile in page.rows])
    return replace(page, rows=[shown[profile.pk] for profile in page.rows if profile.pk in shown])


def reference_in(words: str) -> str:
    """The reference that the words are, whatever its case and spaces; '' where they are something else."""
    found = WRITTEN.fullmatch("".join(words.split()).upper())
    return f"TIBS-{found[1]}" if found else ""


def _jump(request: HttpRequest, reference: str) -> HttpResponse:
    """To the page of a reference; htmx would put that page into the list, so it is told to go there."""
    address = reverse("opportunity", args=[reference])
    if wants_part(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


@login_not_required
@require_safe
@in_asked_language
def opportunity(request: HttpRequest, reference: str) -> HttpResponse:
    """One published profile. From the moment at which it ends, or its consent, the page says that it is gone."""
    profile = with_sheet(public_profiles()).filter(reference=reference).first()
    if profile is None:
        return _gone(request, reference)
    etag = "" if request.session.session_key else etag_of_profile(profile)
    if etag and (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    sheet = sheet_of(profile)
    context = {
        "sheet": sheet,
        "opportunity": opportunity_of(profile),
        "over": why_over(profile, timezone.now()),
        "expires_at": profile.expires_at,
        "left_out": ", ".join(country_names(profile.excluded_countries)),
        "marks": marks_of(profile, sheet, asked_language(request)),
        "crumbs": [(_("Opportunities"), reverse("opportunities"))],
    }
    response = render(request, "pages/opportunity.html", context)
    if etag:
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _gone(request: HttpRequest, reference: str) -> HttpResponse:
    """410 for what was public once, with what is similar now; 404 for what never was."""
    profile = was_public(reference)
    if profile is None:
        raise Http404("There is no such profile.")
    context = {
        "reference": reference,
        "similar": similar_to(profile),
        "crumbs": [(_("Opportunities"), reverse("opportunities"))],
    }
    return render(request, "pages/opportunity_gone.html", context, status=410)
