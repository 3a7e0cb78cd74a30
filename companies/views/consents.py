"""The consent ledger on two pages that are one: for the company's people, and for the broker who writes down."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from companies.choices import Purpose
from companies.forms.sme import DecisionForm
from companies.ledger import ledger_of
from companies.models import Company
from companies.policies import can_decide_for_company, require
from companies.services.consents import give_consent, withdraw_consent
from companies.views.own import own_company
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError, WrongStateError


@require_http_methods(["GET", "HEAD", "POST"])
def own_consents(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the company agreed to; one button each to agree and to withdraw, in the reader's language."""
    company = own_company(request, public_id)
    language = get_language() or "en"
    if request.method == "POST":
        return _decide(request, company, language, "own_consents")
    context = {
        "company": company,
        "crumbs": [(company.name, reverse("own_company", args=[company.public_id]))],
        "ledger": ledger_of(company, language, timezone.now()),
        "is_own": True,
    }
    return render(request, "companies/consents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def company_consents(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same for the broker, who writes down what the company decided; worded in the company's language."""
    actor = actor_in(request)
    company = get_object_or_404(Company.objects.visible_to(actor), public_id=public_id)
    require(can_decide_for_company(actor, company))
    if request.method == "POST":
        return _decide(request, company, company.language, "company_consents")
    context = {
        "company": company,
        "crumbs": [
            (gettext("Companies"), reverse("companies")),
            (company.name, company.get_absolute_url()),
        ],
        "ledger": ledger_of(company, company.language, timezone.now()),
        "is_own": False,
    }
    return render(request, "companies/consents.html", context)


def _decide(request: HttpRequest, company: Company, language: str, page: str) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise BadInputError(gettext("This decision was not understood. Please use the buttons of the page."))
    chosen = form.cleaned_data
    purpose, recipient = Purpose(chosen["purpose"]), chosen["recipient"]
    actor = actor_in(request)
    try:
        if chosen["decision"] == "give":
            give_consent(
                company=company,
                purpose=purpose,
                language=language,
                by=actor,
                recipient_id=recipient,
                shown_hash=chosen["shown"],
            )
            messages.success(request, gettext("The consent is noted."))
        else:
            withdraw_consent(
                company=company, purpose=purpose, language=language, by=actor, recipient_id=recipient
            )
            messages.success(request, gettext("The consent is withdrawn. This holds from now on."))
    except (BadInputError, WrongStateError) as error:
        messages.error(request, str(error))
    return redirect(page, company.public_id)
