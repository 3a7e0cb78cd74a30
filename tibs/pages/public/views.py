"""Pages that anybody may open."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from brokers import selectors as brokers
from brokers.forms.finding import BrokerFinder
from tibs.core.counting import capped_count
from tibs.pages.public import notices
from tibs.pages.public.map import network_map
from tibs.pages.public.opportunities import newest, public_profiles

TEASERS = 3
MOST_COUNTED = 1001


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What TIBS is, where its brokers are, and what firms offer and seek now."""
    hosts = brokers.directory()
    context = {
        "map": network_map(hosts),
        "hosts": hosts,
        "brokers_count": sum(len(host.brokers) for host in hosts),
        "opportunities": newest(TEASERS),
        "opportunities_count": capped_count(public_profiles(), MOST_COUNTED),
    }
    return render(request, "pages/home.html", context)


@login_not_required
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Host organisations and brokers by country; `?country=` shows one of them."""
    hosts = brokers.directory()
    countries = {host.country_code: host.organisation.country for host in hosts}
    chosen = request.GET.get("country", "")
    if chosen and chosen not in countries:
        raise Http404("No broker works there.")
    finder = BrokerFinder(request.GET if "postcode" in request.GET else None, initial={"country": chosen})
    is_found = finder.is_valid() and finder.home is not None
    context = {
        "countries": countries.values(),
        "chosen": countries.get(chosen),
        "form": finder,
        "place": finder.place or finder.home if is_found else None,
        "hosts": brokers.nearest(finder.home, finder.place)
        if is_found and finder.home
        else [host for host in hosts if chosen in {"", host.country_code}],
    }
    return render(request, "pages/directory.html", context, status=400 if finder.errors else 200)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which data TIBS holds, why, for how long, and whom to ask."""
    context = {
        "hosts": brokers.directory(),
        "operator": notices.operator(),
        "purposes": notices.purposes(),
        "retention": notices.retention(),
        "cookies": notices.cookies(),
    }
    return render(request, "pages/privacy.html", context)


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """What firms and brokers may expect of each other, and what the service is not."""
    return render(request, "pages/terms.html", {"operator": notices.operator()})


@login_not_required
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Who runs this installation, and which organisations stand behind the service."""
    return render(
        request, "pages/imprint.html", {"hosts": brokers.directory(), "operator": notices.operator()}
    )


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Answers to what people ask first."""
    return render(request, "pages/help.html", {"operator": notices.operator()})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far everybody can use TIBS, and what to do where somebody cannot."""
    return render(request, "pages/accessibility.html", {"operator": notices.operator()})
