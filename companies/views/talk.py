"""Messages between a company and its broker, on a page for either side."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from companies.forms.sme import MessageForm
from companies.models import Company
from companies.policies import can_write_message, require
from companies.services.messages import read_messages, send_message
from companies.views.own import own_company
from tibs.accounts.middleware import actor_in
from tibs.core.errors import WrongStateError

NEWEST = 50


@require_http_methods(["GET", "HEAD", "POST"])
def own_messages(request: HttpRequest, public_id: str) -> HttpResponse:
    """The talk with the broker, as the company's people see it."""
    company = own_company(request, public_id)
    crumbs = [(company.name, reverse("own_company", args=[company.public_id]))]
    return _talk(request, company, crumbs, "own_messages", is_own=True)


@require_http_methods(["GET", "HEAD", "POST"])
def company_messages(request: HttpRequest, public_id: str) -> HttpResponse:
    """The talk with the company, as its organisation sees it."""
    actor = actor_in(request)
    company = get_object_or_404(Company.objects.visible_to(actor), public_id=public_id)
    require(can_write_message(actor, company))
    crumbs = [(gettext("Companies"), reverse("companies")), (company.name, company.get_absolute_url())]
    return _talk(request, company, crumbs, "company_messages", is_own=company.pk in actor.companies)


def _talk(
    request: HttpRequest, company: Company, crumbs: list[tuple[str, str]], page: str, *, is_own: bool
) -> HttpResponse:
    actor = actor_in(request)
    form = MessageForm(request.POST if "body" in request.POST else None)
    if request.method == "POST" and "read" in request.POST:
        read_messages(company=company, by=actor)
        return redirect(page, company.public_id)
    if request.method == "POST" and form.is_valid():
        try:
            send_message(company=company, body=form.cleaned_data["body"], by=actor)
        except WrongStateError as error:  # what was written stays in the field
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Your message is sent."))
            return redirect(page, company.public_id)
    newest = list(company.messages.select_related("author").order_by("-id")[:NEWEST])
    context = {
        "company": company,
        "crumbs": crumbs,
        "form": form,
        "is_own": is_own,
        "talk": newest,
        "has_unread": any(m.from_company != is_own and m.read_at is None for m in newest),
        "page": page,
    }
    return render(request, "companies/messages.html", context, status=400 if form.errors else 200)
