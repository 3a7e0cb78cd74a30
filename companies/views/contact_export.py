"""Taking the contact data of several companies along, which each of them can see afterwards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from companies.choices import Way
from companies.models import Company, Contact
from companies.policies import can_work_on_companies, require
from companies.services.bulk import MOST
from companies.services.disclosures import disclose
from companies.views.bulk import chosen_in
from tibs.accounts.middleware import actor_in
from tibs.core.back import way_back
from tibs.entrance.recency import recently_authenticated
from tibs.rendering.csv_export import csv_lines


@recently_authenticated
@require_http_methods(["GET", "HEAD", "POST"])
def contact_export(request: HttpRequest) -> HttpResponse:
    """Say what the companies will see (GET), then give the file and note each contact in it (POST)."""
    actor = actor_in(request)
    require(can_work_on_companies(actor))
    companies = chosen_in(request.POST if request.method == "POST" else request.GET, actor)
    contacts = _contacts_of(companies) if len(companies) <= MOST else []
    if request.method == "POST" and contacts:
        disclose(contacts=contacts, way=Way.EXPORT, by=actor)
        return _file(contacts)
    back = way_back(request, reverse("companies"))
    context = {
        "companies": companies,
        "contacts": contacts,
        "most": MOST,
        "back": back,
        "crumbs": [(gettext("Companies"), back)],
    }
    return render(request, "companies/contact_export.html", context)


def _contacts_of(companies: list[Company]) -> list[Contact]:
    contacts = Contact.objects.filter(company__in=companies).select_related("company__country")
    return list(contacts.order_by("company__name", "-is_primary", "name", "id"))


def _file(contacts: list[Contact]) -> HttpResponse:
    header = [
        gettext("Company"),
        gettext("Country"),
        gettext("Name"),
        gettext("Position"),
        gettext("E-mail address"),
        gettext("Phone"),
    ]
    rows = (
        [row.company.name, row.company.country.name, row.name, row.job_title, row.email, row.phone]
        for row in contacts
    )
    response = HttpResponse("".join(csv_lines(header, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tibs-contacts-{timezone.localdate()}.csv"'
    return response
