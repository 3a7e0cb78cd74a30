"""People at companies."""

from django.db import transaction

from companies import events
from companies.models import Company, Contact
from companies.policies import can_change_company, require
from tibs.accounts.actor import Actor
from tibs.events.recording import record


@transaction.atomic
def add_contact(*, company: Company, name: str, email: str, language: str, by: Actor) -> Contact:
    """Note a person at the company; the audit trail keeps the personal values in an erasable detail."""
    require(can_change_company(by, company))
    contact = Contact.objects.create(company=company, name=name, email=email, language=language)
    record(
        events.CONTACT_ADDED,
        about=contact,
        by=by,
        company_id=company.public_id,
        fields=["name", "email", "language"],
        personal={"name": name, "email": email},
    )
    return contact
