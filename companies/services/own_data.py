"""What the people of a company change themselves, and what they ask their broker to change."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.identity.domains import normalised_domain
from companies.models import Company, Contact, Message
from companies.policies import require
from companies.services.checks import refuse_misfits
from companies.services.companies import company_search_text
from companies.services.messages import send_message
from tibs.accounts.actor import Actor
from tibs.core.errors import WrongStateError
from tibs.events.recording import record

# Nothing is decided by these: no region, no size class, no identity.
OF_THE_COMPANY = ("street", "website", "brands")
OF_THE_PERSON = ("name", "job_title", "phone", "language")


@transaction.atomic
def correct_own_data(
    *, company: Company, contact: Contact, version: int, values: dict[str, Any], by: Actor
) -> list[str]:
    """Change the harmless fields of a company and of the person who does it; the names of what changed.

    `version` is that of the company which the person saw; WrongStateError when somebody changed it meanwhile.
    BadInputError names the fields that do not fit.
    """
    require(company.pk in by.companies and contact.company_id == company.pk)
    company = Company.objects.locked().get(pk=company.pk)
    if company.version != version:
        raise WrongStateError(
            _("Somebody else changed these data meanwhile. Please look at them again."), code="stale"
        )
    contact = Contact.objects.select_for_update(of=["self"]).get(pk=contact.pk)
    of_company = _put(company, {name: values[name] for name in OF_THE_COMPANY if name in values})
    of_person = _put(contact, {name: values[name] for name in OF_THE_PERSON if name in values})
    if of_company:
        refuse_misfits(company, exclude=["search_text"])
        company.version += 1
        company.web_domain = normalised_domain(company.website) or company.web_domain
        company.search_text = company_search_text(company)
        company.save()
    if of_person:
        refuse_misfits(contact)
        contact.version += 1
        contact.save()
    changed = [*of_company, *(f"contact.{name}" for name in of_person)]
    if changed:
        record(events.DATA_CORRECTED, about=company, by=by, company_id=company.public_id, fields=changed)
    return changed


@transaction.atomic
def ask_for_correction(*, company: Company, what: str, by: Actor) -> Message:
    """Ask the broker to correct what only a broker may change; it stands among the messages of the company."""
    require(company.pk in by.companies)
    message = send_message(company=company, body=what, by=by)
    record(events.CORRECTION_ASKED, about=message, by=by, company_id=company.public_id)
    return message


def _put(thing: Company | Contact, values: dict[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, values[name])
    return changed
