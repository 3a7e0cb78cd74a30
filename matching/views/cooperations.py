"""Pages of cooperations: the list, one cooperation, its next step and its end."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from companies.models import Company
from companies.policies import require
from companies.views.acts import done_or_told, sent
from companies.views.own import own_company
from matching import sides
from matching.cooperation_stages import OPEN_COOPERATIONS
from matching.forms.cooperations import GiveUpForm, StepForm
from matching.models import Cooperation
from matching.policies import can_read_matches
from matching.presenting.cooperations import page_of_cooperation
from matching.services.cooperations import give_up, set_step
from matching.views.cooperation_pages import (
    FormPage,
    address,
    cooperation_of,
    cooperation_worked_on,
    crumbs_above,
    crumbs_to,
    form_page,
    title_of,
)
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError
from tibs.core.paging import BadCursorError, links_of, page_of
from tibs.core.refusals import show_in

ON_A_PAGE = 30
NEWEST_FIRST = ("-created_at", "-id")
SHOWN = ("open", "mine", "ended")


@require_safe
def cooperations(request: HttpRequest) -> HttpResponse:
    """Talks of the reader's firms: open ones, those where the next step is the reader's, or ended ones."""
    actor = actor_in(request)
    require(can_read_matches(actor))
    shown = request.GET.get("show", "open")
    shown = shown if shown in SHOWN else "open"
    rows = Cooperation.objects.visible_to(actor).select_related(*sides.RELATED, "agreement")
    is_open = Q(status__in=OPEN_COOPERATIONS)
    rows = rows.filter(~is_open if shown == "ended" else is_open)
    if shown == "mine":
        rows = rows.filter(owner__public_id=actor.id)
    try:
        page, is_lost = (
            page_of(rows, by=NEWEST_FIRST, size=ON_A_PAGE, cursor=request.GET.get("cursor", "")),
            False,
        )
    except BadCursorError:
        page, is_lost = page_of(rows, by=NEWEST_FIRST, size=ON_A_PAGE), True
    context = {
        "page": page,
        "links": links_of(page, request),
        "shown": shown,
        "choices": [
            ("open", gettext("Open")),
            ("mine", gettext("My turn")),
            ("ended", gettext("Ended")),
        ],
        "today": timezone.localdate(),
    }
    return render(request, "matching/cooperation_list.html", context, status=400 if is_lost else 200)


@require_safe
def own_partners(request: HttpRequest, public_id: str) -> HttpResponse:
    """The foreign partners of a firm, for its own people."""
    company: Company = own_company(request, public_id)
    rows = Cooperation.objects.visible_to(actor_in(request)).select_related(*sides.RELATED, "agreement")
    mine = rows.filter(introduction__sender_company=company) | rows.filter(
        introduction__receiver_company=company
    )
    context = {
        "company": company,
        "crumbs": [(company.name, reverse("own_company", args=[company.public_id]))],
        "rows": list(mine.order_by("-created_at", "-id")[:ON_A_PAGE]),
        "today": timezone.localdate(),
    }
    return render(request, "matching/cooperation_own.html", context)


@require_safe
def cooperation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two firms that were introduced: what comes next, their meetings, and their agreement."""
    actor = actor_in(request)
    found = cooperation_of(actor, public_id)
    context = page_of_cooperation(found, actor, timezone.now())
    context |= {"crumbs": crumbs_above(found, actor), "title": title_of(found)}
    return render(request, "matching/cooperation.html", context)


@require_http_methods(["GET", "POST"])
def cooperation_step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what comes next."""
    found = cooperation_worked_on(request, public_id)
    form = StepForm(sent(request), cooperation=found)
    if form.is_valid():
        try:
            set_step(cooperation=found, step=form.step(), by=actor_in(request))
        except BadInputError as error:
            show_in(form, error)
        else:
            return HttpResponseRedirect(address(found))
    page = FormPage(
        title=gettext("Next step"),
        save=gettext("Save"),
        back=address(found),
        crumbs=crumbs_to(found, actor_in(request)),
        lead=title_of(found),
    )
    return form_page(request, page, form)


@require_http_methods(["GET", "POST"])
def cooperation_give_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """End the talks without an agreement."""
    found = cooperation_worked_on(request, public_id)
    form = GiveUpForm(sent(request))
    if form.is_valid() and done_or_told(
        request,
        lambda: give_up(cooperation=found, by=actor_in(request), **form.cleaned_data),
        gettext("The talks have ended. Both sides are told."),
    ):
        return HttpResponseRedirect(address(found))
    page = FormPage(
        title=gettext("End without an agreement"),
        save=gettext("End the talks"),
        back=address(found),
        crumbs=crumbs_to(found, actor_in(request)),
        lead=title_of(found),
        notice=gettext(
            "Both firms are told that the talks have ended. The reason and the note stay with the two brokers."
        ),
    )
    return form_page(request, page, form)
