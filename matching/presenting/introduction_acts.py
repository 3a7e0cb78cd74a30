"""What the pages of introductions can do: each act with its service, button and answer."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.choices import Purpose
from companies.models import Company
from companies.services.consents import give_consent
from matching.handshake import Act, Side
from matching.models import Introduction
from matching.services.introductions import deciding, meeting, pausing, sending, writing
from tibs.accounts.actor import Actor
from tibs.core.languages import LANGUAGE_CODES

Values = dict[str, Any]
BUTTONS: dict[Act, Promise] = {
    Act.ASK: _("Put the texts to the company"),
    Act.AGREE: _("Agree"),
    Act.SEND: _("Send to the other broker"),
    Act.ACKNOWLEDGE: _("Confirm that we have it"),
    Act.PUT: _("Put it to our company"),
    Act.ACCEPT: _("Accept the introduction"),
    Act.INTRODUCE: _("Try again to introduce them"),
    Act.FEEDBACK: _("Tell both sides"),
    Act.DECLINE: _("Decline"),
    Act.WITHDRAW: _("Withdraw the introduction"),
    Act.TAKE_BACK: _("Take our yes back"),
    Act.HOLD: _("Let it rest"),
    Act.RESUME: _("Go on now"),
    Act.TRANSFER: _("Hand over"),
}
DONE: dict[Act, Promise] = {
    Act.ASK: _("The company is asked."),
    Act.AGREE: _("The agreement is noted."),
    Act.SEND: _("The introduction is sent."),
    Act.ACKNOWLEDGE: _("The other broker knows that you have it."),
    Act.PUT: _("The company is asked."),
    Act.ACCEPT: _("The answer is noted."),
    Act.INTRODUCE: _("The two companies are introduced."),
    Act.FEEDBACK: _("Both sides can read it."),
    Act.DECLINE: _("The introduction is declined. The other side reads a polite sentence."),
    Act.WITHDRAW: _("The introduction is withdrawn."),
    Act.TAKE_BACK: _("Your yes is taken back, and the introduction has ended."),
    Act.HOLD: _("The introduction rests."),
    Act.RESUME: _("The introduction goes on."),
    Act.TRANSFER: _("A colleague has it now."),
}


def do(act: Act, introduction: Introduction, values: Values, language: str, by: Actor) -> Introduction:
    """Do an act with what its form said; what the services refuse is raised as it is."""
    return SERVICES[act](introduction, values, language, by)


def company_of_reader(introduction: Introduction, by: Actor) -> Company:
    """The company for which the reader speaks: their own, else the one that their organisation hosts."""
    receiver = introduction.receiver_company
    is_receiver = receiver.pk in by.companies or (
        introduction.sender_company_id not in by.companies and receiver.host_id in by.organisations
    )
    return receiver if is_receiver else introduction.sender_company


def _agree(introduction: Introduction, values: Values, language: str, by: Actor) -> Introduction:
    shown = {"shown_hash": values["shown"], "language": _known(language)}
    agreed = deciding.agree(introduction=introduction, by=by, **shown)
    if values.get("share"):
        give_consent(
            company=introduction.sender_company,
            purpose=Purpose.SHARE_WITH_BROKER,
            recipient_id=introduction.receiver_broker.public_id,
            language=_known(language),
            by=by,
        )
    return agreed


def _accept(introduction: Introduction, values: Values, language: str, by: Actor) -> Introduction:
    return deciding.accept(
        introduction=introduction, shown_hash=values["shown"], language=_known(language), by=by
    )


def _take_back(introduction: Introduction, _values: Values, language: str, by: Actor) -> Introduction:
    company = company_of_reader(introduction, by)
    return deciding.take_back(introduction=introduction, company=company, language=_known(language), by=by)


def _transfer(introduction: Introduction, values: Values, _language: str, by: Actor) -> Introduction:
    return pausing.transfer(introduction=introduction, side=Side(values["side"]), to=values["to"], by=by)


def _known(language: str) -> str:
    return language if language in LANGUAGE_CODES else "en"


def _plain(service: Callable[..., Introduction]) -> Callable[..., Introduction]:
    """A service that takes what the form says by the same names."""
    return lambda introduction, values, _language, by: service(introduction=introduction, by=by, **values)


SERVICES: dict[Act, Callable[[Introduction, Values, str, Actor], Introduction]] = {
    Act.ASK: _plain(writing.ask_company),
    Act.AGREE: _agree,
    Act.SEND: _plain(sending.send),
    Act.ACKNOWLEDGE: _plain(sending.acknowledge),
    Act.PUT: _plain(sending.put_to_company),
    Act.ACCEPT: _accept,
    Act.INTRODUCE: _plain(meeting.complete),
    Act.FEEDBACK: _plain(meeting.give_feedback),
    Act.DECLINE: _plain(deciding.decline),
    Act.WITHDRAW: _plain(sending.withdraw),
    Act.TAKE_BACK: _take_back,
    Act.HOLD: _plain(pausing.hold),
    Act.RESUME: _plain(pausing.resume),
    Act.TRANSFER: _transfer,
}
