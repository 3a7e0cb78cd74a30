"""Saved searches of the catalogue: of people with an account, and of visitors by mailed links."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.catalogue.search import Search
from companies.choices import Frequency
from companies.models import SavedSearch
from companies.models.saved_search import LONGEST_NAME
from companies.services.saved_searches import (
    FULL,
    SearchLinkTooOldError,
    ask_for_search,
    change_search,
    confirm_search,
    delete_search,
    save_search,
    search_of_link,
    search_to_stop,
    stop_search,
)
from companies.services.visitor_limits import count_search
from tibs.accounts.middleware import actor_in
from tibs.core.addresses import network_of
from tibs.core.errors import DomainError
from tibs.core.limits import LimitReachedError
from tibs.core.refusals import show_in
from tibs.figures import SEARCHES_OF_A_PERSON
from tibs.pages.public.filters import described
from tibs.pages.public.forms import CatalogueForm
from tibs.pages.public.search_forms import FrequencyForm, VisitorSearchForm

page = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@page
def search_new(request: HttpRequest) -> HttpResponse:
    """Keep the search of the address: at once with an account, after a letter without one."""
    catalogue = CatalogueForm(request.GET)
    if not catalogue.is_valid():
        return redirect("opportunities")
    name = described(catalogue)[:LONGEST_NAME]
    sent = request.POST if request.method == "POST" else None
    if actor_in(request).is_person:
        form: FrequencyForm = FrequencyForm(sent)
    else:
        form = VisitorSearchForm(sent, now=timezone.now().timestamp())
    status = 200
    if form.is_valid():
        try:
            return _kept(request, form, catalogue.search, name)
        except LimitReachedError as error:
            form.add_error(None, str(error))
            status = 429
        except DomainError as error:
            show_in(form, error)
    status = 400 if form.errors and status == 200 else status
    context = {"form": form, "name": name, "query": catalogue.search.as_query()}
    return render(request, "pages/search_new.html", context, status=status)


def _kept(request: HttpRequest, form: FrequencyForm, search: Search, name: str) -> HttpResponse:
    frequency = Frequency(form.cleaned_data["frequency"])
    if not isinstance(form, VisitorSearchForm):
        save_search(search=search, name=name, frequency=frequency, by=actor_in(request))
        messages.success(
            request, gettext("The search is saved. We write to you when there is something new.")
        )
        return redirect("searches")
    network = network_of(request)
    count_search(network)
    ask_for_search(
        search=search,
        name=name,
        frequency=frequency,
        email=form.cleaned_data["email"],
        language=get_language() or "en",
        network=network,
        is_trapped=form.is_trapped,
    )
    return render(request, "pages/search_sent.html", {"query": search.as_query()})


@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """The reader's own saved searches."""
    kept = SavedSearch.objects.visible_to(actor_in(request)).order_by("-created_at", "-id")
    rows = [(search, Search.of(search.query).as_query()) for search in kept]
    is_full = len(rows) >= SEARCHES_OF_A_PERSON
    context = {
        "rows": rows,
        "frequencies": Frequency.choices,
        "full": FULL % {"number": SEARCHES_OF_A_PERSON} if is_full else "",
    }
    return render(request, "pages/searches.html", context)


@require_POST
def search_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell more or less often, or not any more."""
    actor = actor_in(request)
    search = get_object_or_404(SavedSearch.objects.visible_to(actor), public_id=public_id)
    frequency = request.POST.get("frequency", "")
    if frequency in Frequency:
        change_search(search=search, frequency=Frequency(frequency), by=actor)
        messages.success(request, gettext("Changed."))
    else:
        delete_search(search=search, by=actor)
        messages.success(request, gettext("The search is deleted."))
    return redirect("searches")


@login_not_required
@page
def search_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the mailed link: opening changes nothing, the button confirms."""
    try:
        if request.method == "POST":
            confirm_search(token=token)
            return redirect("search_confirm", token)
        found = search_of_link(token)
    except SearchLinkTooOldError as error:
        return _too_old(request, error)
    return render(request, "pages/search_confirm.html", {"search": found})


# A mail program ends the letters by one POST without a cookie (RFC 8058); the signed link is what it proves.
@csrf_exempt
@login_not_required
@page
def search_stop(request: HttpRequest, signed: str) -> HttpResponse:
    """The page of the link under every letter: its button, or a mail program, ends them."""
    try:
        if request.method == "POST":
            stop_search(signed=signed)
            return render(request, "pages/search_stopped.html")
        found = search_to_stop(signed)
    except SearchLinkTooOldError as error:
        return _dead(request, gettext("No more letters"), error)
    return render(request, "pages/search_stop.html", {"search": found})


def _too_old(request: HttpRequest, error: SearchLinkTooOldError) -> HttpResponse:
    return _dead(request, gettext("This cannot be confirmed any more"), error)


def _dead(request: HttpRequest, title: str, error: SearchLinkTooOldError) -> HttpResponse:
    return render(request, "pages/dead_link.html", {"title": title, "reason": str(error)}, status=410)
