"""People at companies."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.identity import normalised_domain
from companies.models import Company, Contact
from companies.policies import can_change_company, require
from companies.services.checks import refuse_misfits
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.services import account_for
from tibs.core.errors import BadInputError
from tibs.events.recording import record


@transaction.atomic
def add_contact(
    *, company: Company, name: str, email: str, language: str, by: Actor, **details: Any
) -> Contact:
    """Note a person at the company; the audit trail keeps the personal values in an erasable detail.

    `details` are further fields, such as `phone`. BadInputError names the fields that do not fit. An address counts
    in lower case, so that it is there once. A new first one to be asked takes the place of the one before.
    """
    require(can_change_company(by, company))
    contact = Contact(
        company=company, name=name.strip(), email=email.strip().lower(), language=language, **details
    )
    if contact.is_primary:
        company.contacts.filter(is_primary=True).update(is_primary=False, version=F("version") + 1)
    refuse_misfits(contact)
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError as error:  # somebody else noted the person a moment ago
        raise BadInputError(_("The company has a contact with this address already.")) from error
    if domain := normalised_domain(contact.email):  # for companies that named no website
        Company.objects.filter(pk=company.pk, web_domain="").update(web_domain=domain)
    record(
        events.CONTACT_ADDED,
        about=contact,
        by=by,
        company_id=company.public_id,
        fields=["name", "email", "language"],
        personal={"name": contact.name, "email": contact.email},
    )
    return contact


def let_somebody_sign_in(*, company: Company, by: Actor) -> bool:
    """Whoever holds the mailbox of the main contact may sign in by mailed codes, unless somebody can already.

    False where the company has no contact person.
    """
    if company.contacts.filter(user__is_active=True).exists():
        return True
    contact: Contact | None = company.contacts.order_by("-is_primary", "id").first()
    if contact is None:
        return False
    contact.user = account_for(email=contact.email, name=contact.name, language=contact.language)
    contact.version += 1
    contact.save(update_fields=["user", "version", "updated_at"])
    record(events.CONTACT_CHANGED, about=contact, by=by, company_id=company.public_id, fields=["user"])
    return True


def follow_address(user: User, by: Actor) -> None:
    """Rule: letters to the firms of somebody who signs in with another address now go there, too.

    Where the firm has a contact with the new address already, the account becomes that contact's. One that belongs to
    somebody else's account stays theirs.
    """
    for contact in Contact.objects.select_for_update(of=["self"]).filter(user=user).order_by("pk"):
        same = Contact.objects.filter(company=contact.company_id, email=user.email).first()
        if same is None:
            _move_to(contact, user.email, by)
        elif same.user_id is None:
            Contact.objects.filter(pk=contact.pk).update(user=None, version=F("version") + 1)
            _give_account(same, user, by)


def _move_to(contact: Contact, email: str, by: Actor) -> None:
    """The person proved the new address by opening a letter that was sent there."""
    before, contact.email, contact.confirmed_at = contact.email, email, timezone.now()
    contact.version += 1
    contact.save(update_fields=["email", "confirmed_at", "version", "updated_at"])
    record(
        events.CONTACT_CHANGED,
        about=contact,
        by=by,
        company_id=contact.company.public_id,
        fields=["email"],
        personal={"email": [before, email]},
    )


def _give_account(contact: Contact, user: User, by: Actor) -> None:
    contact.user, contact.confirmed_at = user, timezone.now()
    contact.version += 1
    contact.save(update_fields=["user", "confirmed_at", "version", "updated_at"])
    record(
        events.CONTACT_CHANGED, about=contact, by=by, company_id=contact.company.public_id, fields=["user"]
    )
