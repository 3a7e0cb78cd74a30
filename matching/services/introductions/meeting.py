"""The moment in which two firms learn who the other is, and what comes right after it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from companies.choices import Way
from companies.models import Company, Contact
from companies.policies import require
from companies.services.disclosures import note_reading
from matching.choices import LONGEST_NOTE
from matching.handshake import Act, Side
from matching.models import Introduction
from matching.policies import can_read_partner_contacts
from matching.services.introductions import clocks, telling, trail
from matching.services.introductions.grounds import agreed, refuse_away, what_is_missing
from matching.services.introductions.moving import (
    allowed,
    move,
    step,
    with_its_companies,
)
from tibs.accounts.actor import Actor, system
from tibs.core.errors import BadInputError, WrongStateError

HANDSHAKE = system("matching.introductions")
SHOWN = ("name", "email", "phone")


def introduce_if_ready(introduction: Introduction, now: datetime) -> Introduction:
    """Introduce two firms of a locked, accepted introduction if nothing is missing; else it stays accepted."""
    both = (introduction.sender_company, introduction.receiver_company)
    if what_is_missing(introduction) or not all(agreed(introduction, company) for company in both):
        return introduction
    Company.objects.filter(pk__in=[company.pk for company in both], first_introduced_at=None).update(
        first_introduced_at=now
    )
    return move(introduction, Act.INTRODUCE, HANDSHAKE, now=now)


@transaction.atomic
def complete(*, introduction: Introduction, by: Actor, now: datetime | None = None) -> Introduction:
    """Try once more to introduce two firms that both agreed; WrongStateError says what is missing."""
    introduction, now = with_its_companies(introduction), now or timezone.now()
    allowed(introduction, Act.INTRODUCE, by)
    if missing := what_is_missing(introduction):
        raise WrongStateError(missing, code="cannot_go_on")
    done = introduce_if_ready(introduction, now)
    if done.introduced_at is None:
        raise WrongStateError(_("One of the two companies has not agreed."), code="consent_missing")
    return done


@transaction.atomic
def give_feedback(
    *, introduction: Introduction, note: str, by: Actor, now: datetime | None = None
) -> Introduction:
    """The receiving broker tells both sides, once, how the first contact went; the clock of the introduction ends."""
    introduction, now, note = with_its_companies(introduction), now or timezone.now(), note.strip()
    allowed(introduction, Act.FEEDBACK, by)
    refuse_away(introduction.sender_company, introduction.receiver_company)
    if introduction.due_at is None:
        raise WrongStateError(_("This was told already."))
    if not note or len(note) > LONGEST_NOTE:
        reason = _("Please say it in at most 600 characters.")
        raise BadInputError(reason, fields={"note": reason})
    telling.settle_all([introduction], now)
    clocks.stop(introduction)
    introduction.version += 1
    introduction.save()
    step(introduction, Act.FEEDBACK, by, now=now, before=introduction.status, note=note)
    trail.write(introduction, Act.FEEDBACK, by, before=introduction.status, side=Side.RECEIVER)
    telling.tell(introduction, Act.FEEDBACK, Side.RECEIVER)
    return introduction


@transaction.atomic
def show_contacts(*, introduction: Introduction, by: Actor, now: datetime | None = None) -> list[Contact]:
    """The people of the other firm, or of both for who belongs to neither alone; each showing is noted first.

    NotAllowedError for everybody but the two brokers and the people of the two firms.
    """
    introduction = with_its_companies(introduction)
    require(can_read_partner_contacts(by, introduction))
    contacts = [
        contact
        for side in Side
        for contact in _contacts(introduction.company_on(side))
        if contact.company_id not in by.companies and contact.company.host_id not in by.organisations
    ]
    note_reading(
        contacts=contacts,
        way=Way.PAGE,
        by=by,
        what=SHOWN,
        organisation=_organisation(by, introduction),
        now=now,
    )
    return contacts


def _contacts(company: Company) -> Iterable[Contact]:
    return company.contacts.select_related("company").order_by("-is_primary", "pk")


def _organisation(by: Actor, introduction: Introduction) -> HostOrganisation | None:
    hosts = (introduction.sender_company.host, introduction.receiver_company.host)
    return next((host for host in hosts if host.pk in by.organisations), None)
