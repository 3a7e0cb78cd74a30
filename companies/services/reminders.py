"""Reminding a company that something waits for it."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import WaitsFor
from companies.models import Company, Contact, NextStep
from companies.services.files import open_file
from tibs.accounts.actor import Actor
from tibs.core.errors import WrongStateError
from tibs.core.links import absolute
from tibs.events.models import Letter
from tibs.events.recording import record
from tibs.events.services.letters import write_letter


@transaction.atomic
def remind_company(*, company: Company, by: Actor) -> Contact:
    """Ask the company's main contact by letter to get back to its broker, once a day at most; returns the contact.

    The letter does not say what it is about: next steps are working notes of the broker.
    """
    company = open_file(company, by)
    step = NextStep.objects.filter(company=company, done_at=None, waits_for=WaitsFor.COMPANY).first()
    if step is None:
        raise WrongStateError(_("Nothing waits for this company now."))
    contact: Contact | None = company.contacts.order_by("-is_primary", "id").first()
    if contact is None:
        raise WrongStateError(_("The company has no contact person. Add one first."))
    key = f"company_reminder:{step.pk}:{timezone.localdate()}"
    if Letter.objects.filter(key=key).exists():
        raise WrongStateError(_("The company was reminded today already."))
    write_letter(
        template="company_reminder",
        to=contact.email,
        language=contact.language,
        context={
            "name": contact.name,
            "company": company.name,
            "from": by.name,
            "link": absolute(reverse("own_messages", args=[company.public_id])),
        },
        company_id=company.public_id,
        key=key,
    )
    record(events.COMPANY_REMINDED, about=company, by=by, company_id=company.public_id)
    return contact
