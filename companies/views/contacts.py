"""Contact data, shown on request."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from companies.models import Company, Contact
from companies.policies import can_see_contacts, require
from companies.services.disclosures import reveal_contact
from tibs.accounts.middleware import actor_in
from tibs.core.htmx import wants_part


@require_POST
def contact_reveal(request: HttpRequest, public_id: str, contact: int) -> HttpResponse:
    """The address and phone number of one contact; the reading is noted before they are shown."""
    actor = actor_in(request)
    company = get_object_or_404(Company.objects.visible_to(actor), public_id=public_id)
    require(can_see_contacts(actor, company))
    person = get_object_or_404(Contact.objects.select_related("company"), company=company, pk=contact)
    reveal_contact(contact=person, by=actor)
    context = {
        "company": company,
        "contact": person,
        "crumbs": [
            (gettext("Companies"), reverse("companies")),
            (company.name, company.get_absolute_url()),
        ],
    }
    template = "companies/contact_page.html"
    return render(request, f"{template}#shown" if wants_part(request) else template, context)
