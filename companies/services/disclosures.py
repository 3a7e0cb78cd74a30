"""Reading contact data: nobody does it without a row that the company can see."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from companies.choices import Way
from companies.models import Company, Contact, Disclosure, ExpressionOfInterest
from companies.models.disclosure import SHARED_FILE
from companies.policies import can_see_contacts, require
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import WrongStateError

CONTACT_FIELDS = ("email", "phone")


def reveal_contact(*, contact: Contact, by: Actor, now: datetime | None = None) -> Disclosure | None:
    """Note that `by` reads the address and phone number of a contact; None where they read their own firm's."""
    return next(iter(disclose(contacts=[contact], way=Way.PAGE, by=by, now=now)), None)


@transaction.atomic
def reveal_visitor(
    *, expression: ExpressionOfInterest, by: Actor, now: datetime | None = None
) -> Disclosure | None:
    """Note that `by` reads the address of a visitor whose interest is confirmed; None where they read their own firm's.

    The visitor spoke for the firm, so the firm sees it like any reading, whether or not the visitor is a contact of it.
    """
    company = expression.company
    if company is None:
        raise WrongStateError(_("This interest is not confirmed yet."))
    contact = company.contacts.filter(email__iexact=expression.email).first()
    person = contact or Contact(company=company, email=expression.email)
    return next(iter(disclose(contacts=[person], way=Way.PAGE, by=by, what=["email"], now=now)), None)


@transaction.atomic
def disclose(
    *,
    contacts: Iterable[Contact],
    way: Way,
    by: Actor,
    what: Iterable[str] = CONTACT_FIELDS,
    now: datetime | None = None,
) -> list[Disclosure]:
    """Note one reading of each contact: call it before the data leave, for each export row and API read.

    `contacts` come with their `company`. People of the firm itself read their own data, which nobody notes.
    """
    contacts = list(contacts)
    for contact in contacts:
        require(can_see_contacts(by, contact.company))
    return note_reading(contacts=contacts, way=way, by=by, what=what, now=now)


def note_reading(
    *,
    contacts: Iterable[Contact],
    way: Way,
    by: Actor,
    what: Iterable[str] = CONTACT_FIELDS,
    organisation: HostOrganisation | None = None,
    now: datetime | None = None,
) -> list[Disclosure]:
    """The same for a caller who has checked by a rule of its own that `by` may read them.

    `organisation` is the reader's, where it is not the one that hosts the company.
    """
    reader = User.objects.filter(public_id=by.id).first() if by.is_person else None
    return Disclosure.objects.bulk_create(
        Disclosure(
            company=contact.company,
            contact=contact if contact.pk else None,
            reader=reader,
            actor_id=by.id,
            organisation_id=_organisation_id(contact, by, organisation),
            way=way,
            what=[name for name in what if getattr(contact, name)],
            at=now or timezone.now(),
        )
        for contact in contacts
        if contact.company_id not in by.companies
    )


def note_file_reading(
    *, company: Company, by: Actor, organisation: HostOrganisation, now: datetime | None = None
) -> Disclosure:
    """Note that `by`, of `organisation`, reads the file that the company shares; the caller has checked the consent."""
    return Disclosure.objects.create(
        company=company,
        reader=User.objects.filter(public_id=by.id).first(),
        actor_id=by.id,
        organisation=organisation,
        way=Way.PAGE,
        what=[SHARED_FILE],
        at=now or timezone.now(),
    )


def _organisation_id(contact: Contact, by: Actor, organisation: HostOrganisation | None) -> int | None:
    if organisation:
        return organisation.pk
    return contact.company.host_id if contact.company.host_id in by.organisations else None
