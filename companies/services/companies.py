"""Adding companies to the network."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.identity import name_key, normalised_domain, normalised_register_number, normalised_vat
from companies.models import Company
from companies.policies import can_change_company, require
from companies.services.checks import refuse_misfits
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError
from tibs.core.search_text import folded
from tibs.events.recording import record

DERIVED = ("search_text", "name_key", "web_domain")


def company_search_text(company: Company) -> str:
    """What a search over companies reads: name, town, register number, id at the source."""
    return folded(company.name, company.city, company.register_number, company.external_id)


def derive(company: Company) -> None:
    """Bring what follows from other values up to date: numbers written one way, and what the company is found by.

    A web domain that was known once stays while the company has no website: it is a trace, not a fact.
    """
    country = company.country_id
    company.register_number = normalised_register_number(country, company.register_number)
    company.vat_number = normalised_vat(country, company.vat_number)
    company.search_text = company_search_text(company)
    company.name_key = name_key(company.name)
    company.web_domain = normalised_domain(company.website) or company.web_domain


@transaction.atomic
def add_company(*, by: Actor, source: str, **values: Any) -> Company:
    """Add one company; `source` says where it comes from. BadInputError names the fields that do not fit."""
    company = Company(source=source, **values)
    require(can_change_company(by, company))
    derive(company)
    refuse_misfits(company, exclude=DERIVED)
    try:
        with transaction.atomic():
            company.save(force_insert=True)
    except IntegrityError as error:  # somebody else added it a moment ago
        raise BadInputError(_("This company is known already.")) from error
    record(events.COMPANY_ADDED, about=company, by=by, company_id=company.public_id, facts={"source": source})
    return company
