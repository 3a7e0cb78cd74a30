"""What the pages of a company's own people share: whose company it is."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from companies.models import Company, Contact
from tibs.accounts.middleware import actor_in


def own_company(request: HttpRequest, public_id: str) -> Company:
    """The company, if the reader is one of its people; for everybody else it does not exist."""
    actor = actor_in(request)
    mine = Company.objects.visible_to(actor).filter(pk__in=actor.companies)
    found: Company = get_object_or_404(
        mine.select_related("country", "region", "nace", "host", "owner"), public_id=public_id
    )
    return found


def own_contact(request: HttpRequest, company: Company) -> Contact:
    """The entry of the reader among the people of their company."""
    return get_object_or_404(company.contacts.filter(user__public_id=actor_in(request).id).order_by("pk")[:1])
