"""The talk between a company and its broker."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.models import Company, Message
from companies.models.message import LONGEST_MESSAGE
from companies.notices import MESSAGE_WAITING
from companies.policies import can_write_message, require
from companies.selectors import accounts_of
from companies.services.contacts import let_somebody_sign_in
from companies.services.escalations import who_decides
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record
from tibs.events.services.inbox import notify, settle


@transaction.atomic
def send_message(*, company: Company, body: str, by: Actor, now: datetime | None = None) -> Message:
    """Write to the other side, who is told so and nothing more; answering counts as having read.

    One notice waits at a time: more messages do not bring more of them until the other side has read them. Where nobody
    of the company can sign in yet, its main contact gets an account; WrongStateError where it has no contact.
    """
    require(can_write_message(by, company))
    # Locked, so that nothing is written into a file while it is erased or merged.
    if not Company.objects.locked().filter(pk=company.pk, merged_into=None, erased_at=None):
        raise WrongStateError(_("This company is not worked on any more."))
    body = body.strip()
    if not body or len(body) > LONGEST_MESSAGE:
        reason = _("Write a message of at most %(most)d characters.") % {"most": LONGEST_MESSAGE}
        raise BadInputError(reason, fields={"body": reason})
    now = now or timezone.now()
    from_company = company.pk in by.companies
    read_messages(company=company, by=by, now=now)
    if not from_company:
        let_somebody_read(company, by)
    is_first = not company.messages.filter(from_company=from_company, read_at=None).exists()
    author = User.objects.filter(public_id=by.id).first() if by.is_person else None
    message = Message.objects.create(
        company=company, author=author, from_company=from_company, body=body, sent_at=now
    )
    if is_first:
        _tell_other_side(message)
    record(events.MESSAGE_SENT, about=message, by=by, company_id=company.public_id)
    return message


def read_messages(*, company: Company, by: Actor, now: datetime | None = None) -> int:
    """Note that the reader has read what the other side wrote; the count of messages that were new to them."""
    require(can_write_message(by, company))
    from_company = company.pk in by.companies
    now = now or timezone.now()
    unread = company.messages.filter(from_company=not from_company, read_at=None)
    read = list(unread.values_list("pk", flat=True))
    for message in read:
        settle(key=_key(message), now=now)
    return company.messages.filter(pk__in=read).update(read_at=now)


def let_somebody_read(company: Company, by: Actor) -> None:
    """Make sure that somebody of the company can sign in; WrongStateError where it has no contact person."""
    if not let_somebody_sign_in(company=company, by=by):
        raise WrongStateError(_("The company has no contact person. Add one first."))


def _who_serves(company: Company) -> list[User]:
    """The broker; of a lead that nobody has taken, the one it was proposed to, or else who decides about it."""
    broker = company.owner or company.proposed_owner
    return [broker] if broker and broker.is_active else list(who_decides(company))


def _tell_other_side(message: Message) -> None:
    company = message.company
    if message.from_company:
        people, page = _who_serves(company), "company_messages"
    else:
        people, page = list(accounts_of(company)), "own_messages"
    for person in people:
        notify(
            MESSAGE_WAITING,
            to=person,
            url=reverse(page, args=[company.public_id]),
            key=_key(message.pk),
            values={"company": company.name},
            company_id=company.public_id,
        )


def _key(message: int) -> str:
    return f"message:{message}"
