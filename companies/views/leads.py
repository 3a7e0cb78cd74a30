"""A broker brings in a company."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from brokers.models import Membership
from companies.forms.leads import MINE, NewCompanyForm
from companies.policies import can_create_lead, require
from companies.services.duplicates import Shown, shown_to, similar_companies
from companies.services.leads import create_lead
from companies.services.ownership import claim_company
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError
from tibs.core.refusals import show_in

SOURCE = "broker"


@require_http_methods(["GET", "HEAD", "POST"])
def new_company(request: HttpRequest) -> HttpResponse:
    """Ask for the facts; before it is added the broker sees which known companies it may be."""
    actor = actor_in(request)
    require(can_create_lead(actor))
    form = NewCompanyForm(request.POST or None, initial={"language": actor.language})
    alike: list[Shown] = []
    if form.is_valid():
        alike = _alike(form, actor)
        if not alike or form.cleaned_data["is_another"]:
            try:
                return _add(request, form, actor)
            except DomainError as error:
                show_in(form, error)
    return render(request, "companies/new_company.html", {"form": form, "alike": alike})


def _alike(form: NewCompanyForm, actor: Actor) -> list[Shown]:
    facts = form.facts
    found = similar_companies(
        name=facts.name,
        country=facts.country.code,
        register_number=facts.register_number,
        vat_number=facts.vat_number,
        website=facts.website,
        email=form.contact.email,
    )
    return shown_to(found, actor)


def _add(request: HttpRequest, form: NewCompanyForm, actor: Actor) -> HttpResponse:
    is_mine = form.cleaned_data["care"] == MINE
    seats = Membership.objects.in_force().filter(user__public_id=actor.id)
    company = create_lead(
        facts=form.facts,
        contact=form.contact,
        source=SOURCE,
        by=actor,
        is_greeted=False,
        to=seats.select_related("user", "organisation").order_by("pk").first() if is_mine else None,
    )
    if is_mine:
        claim_company(company=company, by=actor)
        messages.success(request, gettext("The company is in your care now."))
        return redirect(company)
    person = company.proposed_owner.name if company.proposed_owner else company.host.name
    messages.success(request, gettext("The company is proposed to %(name)s.") % {"name": person})
    return redirect(company if company.host_id in actor.organisations else "companies")
