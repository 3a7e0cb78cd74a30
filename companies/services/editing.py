"""Correcting what is known about companies and their people, without losing what somebody else corrected."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.models import Company, Contact
from companies.services.checks import refuse_misfits
from companies.services.companies import DERIVED, derive
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.files import open_file
from companies.size import size_class_by_bands
from tibs.accounts.actor import Actor
from tibs.accounts.services import account_for
from tibs.core.errors import BadInputError
from tibs.events.recording import record

COMPANY_FIELDS = (
    "name",
    "brands",
    "kind",
    "street",
    "postcode",
    "city",
    "region",
    "register_number",
    "vat_number",
    "website",
    "nace",
    "founded_year",
    "staff_count",
    "turnover_band",
    "balance_band",
    "independence",
    "language",
)
CONTACT_FIELDS = ("name", "job_title", "email", "phone", "language", "is_primary")
SIZE_FACTS = frozenset({"staff_count", "turnover_band", "balance_band"})


@transaction.atomic
def change_company(*, company: Company, values: Mapping[str, Any], version: int, by: Actor) -> Company:
    """Correct facts (`values` by the names of COMPANY_FIELDS) that were read at `version`.

    ChangedMeanwhileError holds the company as it stands now if somebody else was faster. `version` counts these
    corrections; stages, claims and next steps do not move it. The size class follows from its facts.
    """
    company = open_file(company, by)
    refuse_stale(company, version)
    before = _values(company, COMPANY_FIELDS)
    _set(company, values, COMPANY_FIELDS)
    derive(company)
    after = _values(company, COMPANY_FIELDS)
    changed = [name for name in COMPANY_FIELDS if before[name] != after[name]]
    if not changed:
        return company
    refuse_misfits(company, exclude=DERIVED)
    if SIZE_FACTS & set(changed):
        company.size_class = size_class_by_bands(
            company.staff_count, company.turnover_band, company.balance_band
        )
    known = _("Another company of this country has this register number.")
    _write(company, [*changed, "size_class", *DERIVED], {"register_number": known})
    record(
        events.COMPANY_CHANGED,
        about=company,
        by=by,
        company_id=company.public_id,
        fields=changed,
        personal={name: [_plain(before[name]), _plain(after[name])] for name in changed},
    )
    return company


@transaction.atomic
def change_contact(*, contact: Contact, values: Mapping[str, Any], version: int, by: Actor) -> Contact:
    """Correct what is known about a person (`values` by the names of CONTACT_FIELDS), read at `version`.

    A new address is not confirmed, and signing in goes with it: the old address opens the company no longer.
    """
    company = open_file(contact.company, by)
    contact = Contact.objects.select_for_update(of=["self"]).get(pk=contact.pk, company=company)
    refuse_stale(contact, version)
    before = _values(contact, CONTACT_FIELDS)
    _set(contact, values, CONTACT_FIELDS)
    contact.email = contact.email.lower()
    after = _values(contact, CONTACT_FIELDS)
    changed = [name for name in CONTACT_FIELDS if before[name] != after[name]]
    if not changed:
        return contact
    if "is_primary" in changed and contact.is_primary:
        others = company.contacts.filter(is_primary=True).exclude(pk=contact.pk)
        others.update(is_primary=False, version=models.F("version") + 1)
    refuse_misfits(contact, exclude=["company", "user"])
    if "email" in changed:
        _move_account(contact)
    known = _("The company has a contact with this address already.")
    _write(contact, [*changed, "user", "confirmed_at"], {"email": known})
    record(
        events.CONTACT_CHANGED,
        about=contact,
        by=by,
        company_id=company.public_id,
        fields=changed,
        personal={name: [_plain(before[name]), _plain(after[name])] for name in changed},
    )
    return contact


def refuse_stale(thing: Company | Contact, version: int) -> None:
    """Refuse to write over what somebody else wrote after the reader had read `version`."""
    if thing.version != version:
        raise ChangedMeanwhileError(thing)


def _values(thing: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _set(thing: models.Model, values: Mapping[str, Any], names: Iterable[str]) -> None:
    for name in names:
        if name in values:
            value = values[name]
            setattr(thing, name, value.strip() if isinstance(value, str) else value)


def _write(thing: Company | Contact, names: list[str], taken: Mapping[str, Any]) -> None:
    """Save the fields and count the version; `taken` names what somebody else took a moment ago."""
    thing.version += 1
    try:
        with transaction.atomic():
            thing.save(update_fields=[*names, "version", "updated_at"])
    except IntegrityError as error:
        raise BadInputError(next(iter(taken.values())), fields=taken) from error


def _move_account(contact: Contact) -> None:
    contact.confirmed_at = None
    if contact.user_id:
        contact.user = account_for(email=contact.email, name=contact.name, language=contact.language)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)
