"""Introductions on the pages of a company's own people: read, agree, accept, decline. All of it works on a phone."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.policies import require
from companies.views.own import own_company
from matching.models import Introduction
from matching.policies import roles_in
from matching.presenting.introduction_acts import DONE, company_of_reader, do
from matching.presenting.introduction_contacts import brokers_across
from matching.presenting.introduction_lists import of_company
from matching.presenting.introductions import page_of_introduction
from matching.services.introductions.meeting import show_contacts
from matching.services.introductions.moving import RELATED
from matching.views.introductions import act_sent
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError, NotAllowedError
from tibs.core.refusals import show_in


@require_safe
def own_introductions(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every introduction that the company was asked about, the newest first."""
    company = own_company(request, public_id)
    rows = of_company(company, actor_in(request), timezone.now())
    crumbs = [(company.name, reverse("own_company", args=[company.public_id]))]
    return render(request, "mine/introductions.html", {"company": company, "rows": rows, "crumbs": crumbs})


@require_http_methods(["GET", "HEAD", "POST"])
def own_introduction(request: HttpRequest, public_id: str) -> HttpResponse:
    """The texts, the other side without its name, and the company's answer."""
    found = _own(request, public_id)
    if request.method != "POST":
        return _page(request, found)
    actor = actor_in(request)
    what, form = act_sent(request, found, request.POST.get("act", ""))
    require(bool(roles_in(actor, found)))
    if not form.is_valid():
        return _page(request, found, form)
    try:
        do(what, found, form.cleaned_data, actor)
    except NotAllowedError:
        raise
    except DomainError as error:
        form.errors.clear()
        show_in(form, DomainError(str(error)))
        found.refresh_from_db()
        return _page(request, found, form)
    messages.success(request, str(DONE[what]))
    return redirect("own_introduction", public_id)


@require_POST
def own_introduction_contacts(request: HttpRequest, public_id: str) -> HttpResponse:
    """The contact data of the other firm, after both agreed; that firm sees that they were shown."""
    found = _own(request, public_id)
    contacts = show_contacts(introduction=found, by=actor_in(request))
    return render(
        request,
        "matching/introduction_contacts.html",
        {
            "contacts": contacts,
            "brokers": brokers_across(found, actor_in(request)),
            "crumbs": _crumbs(request, found),
        },
    )


def _own(request: HttpRequest, public_id: str) -> Introduction:
    """The introduction, if it is one of the reader's own firm and the firm was asked."""
    actor = actor_in(request)
    rows = Introduction.objects.visible_to(actor).select_related(*RELATED)
    found: Introduction = get_object_or_404(rows.of_firms(actor), public_id=public_id)
    return found


def _page(request: HttpRequest, found: Introduction, wrong: Form | None = None) -> HttpResponse:
    actor = actor_in(request)
    page = page_of_introduction(found, actor, company_of_reader(found, actor), timezone.now(), wrong)
    context = {"page": page, "crumbs": _crumbs(request, found), "wrong": wrong}
    return render(request, "mine/introduction.html", context, status=400 if wrong else 200)


def _crumbs(request: HttpRequest, found: Introduction) -> list[tuple[str, str]]:
    own = company_of_reader(found, actor_in(request))
    return [
        (own.name, reverse("own_company", args=[own.public_id])),
        (gettext("Introductions"), reverse("own_introductions", args=[own.public_id])),
    ]
