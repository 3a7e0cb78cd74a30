"""The pages of a company's own people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from companies.forms.sme import CorrectionForm, ErasureForm, OwnDataForm
from companies.models import Company, Contact, Disclosure
from companies.policies import can_erase_company, require
from companies.services.erasure import erase_company
from companies.services.export import export_of, export_pdf
from companies.services.own_data import ask_for_correction, correct_own_data
from companies.standing import Standing, standing_of
from companies.views.own import own_company, own_contact
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError
from tibs.core.paging import BadCursorError, links_of, page_of
from tibs.core.refusals import show_in
from tibs.entrance.recency import recently_authenticated
from tibs.events.models import InboxItem
from tibs.events.telling import Told, told

ON_A_PAGE, MOST_WAITING = 50, 5
NEWEST_FIRST = ("-at", "-id")


@require_safe
def my_companies(request: HttpRequest) -> HttpResponse:
    """The companies of the reader; who has one only is led to it."""
    actor = actor_in(request)
    mine = list(Company.objects.visible_to(actor).filter(pk__in=actor.companies).order_by("name", "id"))
    if len(mine) == 1:
        return redirect("own_company", mine[0].public_id)
    return render(request, "mine/companies.html", {"companies": mine})


@require_safe
def own_home(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the company stands, what happens next, and who helps."""
    company = own_company(request, public_id)
    standing = standing_of(company, timezone.now())
    context = {
        "company": company,
        "standing": standing,
        "waiting": _waiting(request, company),
        "pages": _own_pages(company, standing),
    }
    return render(request, "mine/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest, public_id: str) -> HttpResponse:
    """The company's data: some to be changed at once, the others by asking the broker."""
    company = own_company(request, public_id)
    contact = own_contact(request, company)
    asks = request.method == "POST" and "body" in request.POST
    asking = CorrectionForm(request.POST if asks else None)
    form = OwnDataForm.of(company, contact, request.POST if request.method == "POST" and not asks else None)
    if request.method == "POST" and (
        _asked(request, company, asking) if asks else _corrected(request, company, contact, form)
    ):
        return redirect("own_data", company.public_id)
    context = _page(company) | {"form": form, "asking": asking, "facts": own_facts(company)}
    return render(request, "mine/data.html", context, status=400 if form.errors or asking.errors else 200)


@require_safe
def own_seen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who had the company's contact data shown: when, from which organisation, and which."""
    company = own_company(request, public_id)
    rows = Disclosure.objects.filter(company=company).select_related("reader", "organisation", "contact")
    try:
        page = page_of(rows, by=NEWEST_FIRST, size=ON_A_PAGE, cursor=request.GET.get("cursor", ""))
    except BadCursorError:
        page = page_of(rows, by=NEWEST_FIRST, size=ON_A_PAGE)
    return render(
        request, "mine/seen.html", _page(company) | {"page": page, "links": links_of(page, request)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def own_export(request: HttpRequest, public_id: str) -> HttpResponse:
    """All data of the company to take along, as JSON for machines or as PDF for people."""
    company = own_company(request, public_id)
    if request.method != "POST":
        return render(request, "mine/export.html", _page(company))
    export = export_of(company=company, by=actor_in(request))
    if request.POST.get("format") == "pdf":
        return _file(export_pdf(export, get_language() or "en"), company, "pdf")
    return _file(export.as_json(), company, "json")


@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def own_erasure(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything personal is erased on the company's own word; the page then says what was."""
    company = own_company(request, public_id)
    return _erasure(request, company, _page(company)["crumbs"])


@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def company_erasure(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same for the coordinator of its organisation, whom the company asked by letter or in person."""
    actor = actor_in(request)
    company: Company = get_object_or_404(Company.objects.visible_to(actor), public_id=public_id)
    require(can_erase_company(actor, company))
    crumbs = [(gettext("Companies"), reverse("companies")), (company.name, company.get_absolute_url())]
    return _erasure(request, company, crumbs)


def _erasure(request: HttpRequest, company: Company, crumbs: list[tuple[str, str]]) -> HttpResponse:
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erased = erase_company(company=company, by=actor_in(request), reason="asked")
        if request.user.pk in erased.users:
            logout(request)
        return render(request, "mine/erased.html", {"erased": erased})
    context = {"company": company, "crumbs": crumbs, "form": form}
    context["is_own"] = company.pk in actor_in(request).companies
    return render(request, "mine/erasure.html", context, status=400 if form.errors else 200)


def own_facts(company: Company) -> list[tuple[str, str]]:
    """What the company cannot change by itself."""
    return [
        (gettext("Legal name"), company.name),
        (gettext("Country"), company.country.name),
        (gettext("Region"), company.region.name if company.region else ""),
        (gettext("Town"), f"{company.postcode} {company.city}".strip()),
        (gettext("Register number"), company.register_number),
        (gettext("VAT number"), company.vat_number),
        (gettext("Main activity"), str(company.nace) if company.nace else ""),
        (gettext("Size"), str(company.get_size_class_display())),
        (gettext("Number of staff"), str(company.staff_count or "")),
    ]


def _file(content: bytes, company: Company, kind: str) -> HttpResponse:
    """A file that nobody's cache keeps."""
    headers = {
        "Content-Disposition": f'attachment; filename="tibs-{company.public_id}.{kind}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=f"application/{kind}", headers=headers)


def _waiting(request: HttpRequest, company: Company) -> list[Told]:
    """What the reader is asked to read and answer for the company, the newest first."""
    actor = actor_in(request)
    items = InboxItem.objects.visible_to(actor).waiting().filter(company_id=company.public_id)
    return told(items.order_by("-created_at", "-id")[:MOST_WAITING], actor)


def _own_pages(company: Company, standing: Standing) -> list[dict[str, Any]]:
    """The way to everything that a company's people can do; `count` is how much of it is new."""
    pages = [
        (
            "own_messages",
            gettext("Messages"),
            gettext("Write to your broker, and read the answers"),
            standing.unread,
        ),
        (
            "own_profiles",
            gettext("Our profiles"),
            gettext("What firms and brokers abroad read about you"),
            standing.profiles_to_approve,
        ),
        ("own_introductions", gettext("Introductions"), gettext("Firms that would like to meet you"), 0),
        (
            "own_partners",
            gettext("Our partners"),
            gettext("Firms abroad that you were introduced to, and what comes next"),
            0,
        ),
        ("own_data", gettext("Our data"), gettext("See, change and correct what we hold"), 0),
        (
            "own_consents",
            gettext("Consents"),
            gettext("What you agreed to, and what not"),
            standing.consents_to_renew,
        ),
        ("own_seen", gettext("Who saw our data"), gettext("Every time your contact data were shown"), 0),
        ("own_export", gettext("Take our data along"), gettext("Everything as PDF or JSON"), 0),
        ("own_erasure", gettext("Erase our data"), gettext("And leave the service"), 0),
    ]
    return [
        {"url": reverse(route, args=[company.public_id]), "label": label, "note": note, "count": count}
        for route, label, note, count in pages
    ]


def _asked(request: HttpRequest, company: Company, form: CorrectionForm) -> bool:
    if not form.is_valid():
        return False
    ask_for_correction(company=company, what=form.cleaned_data["body"], by=actor_in(request))
    messages.success(request, gettext("Your broker gets your request."))
    return True


def _corrected(request: HttpRequest, company: Company, contact: Contact, form: OwnDataForm) -> bool:
    if not form.is_valid():
        return False
    try:
        correct_own_data(
            company=company,
            contact=contact,
            version=form.cleaned_data["version"],
            values=form.values(),
            by=actor_in(request),
        )
    except DomainError as error:
        show_in(form, error)
        return False
    messages.success(request, gettext("Your data are changed."))
    return True


def _page(company: Company) -> dict[str, Any]:
    crumbs = [(company.name, reverse("own_company", args=[company.public_id]))]
    return {"company": company, "crumbs": crumbs}
