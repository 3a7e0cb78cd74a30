"""What the pages of introductions can do: each act with its service, button and answer."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from companies.choices import Purpose
from companies.consent_texts import text_hash, words_of
from companies.models import Company, Consent
from companies.selectors import foreign_broker
from matching.forms.introductions import Sharing
from matching.handshake import Act, Side, move_of, owner_side
from matching.models import Introduction
from matching.policies import roles_in
from matching.services.introductions import deciding, meeting, pausing, sending, writing
from matching.services.introductions.deciding import Shared
from tibs.accounts.actor import Actor
from tibs.core.languages import LANGUAGE_CODES

Values = dict[str, Any]
PURPOSE = Purpose.SHARE_WITH_BROKER
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


def do(act: Act, introduction: Introduction, values: Values, by: Actor) -> Introduction:
    """Do one act with what its form says. Consents are kept in the language in which the page showed their words."""
    return SERVICES[act](introduction, values, by)


def company_of_reader(introduction: Introduction, by: Actor) -> Company:
    """The company for which the reader speaks: their own, else the one that their organisation hosts; on both sides
    the one that acts next."""
    knows_of_it = {
        Side.SENDER: True,
        Side.RECEIVER: bool(introduction.told_receiver_at if by.companies else introduction.sent_at),
    }
    known = {side: introduction.company_on(side) for side, knows in knows_of_it.items() if knows}
    own = [side for side, company in known.items() if company.pk in by.companies]
    own = own or [side for side, company in known.items() if company.host_id in by.organisations]
    next_one = owner_side(introduction.status, introduction.held_from)
    return known[next_one if next_one in own else next(iter(own), Side.SENDER)]


def side_of_act(act: Act, introduction: Introduction, by: Actor) -> Side:
    """For which side somebody does that; where they could do it for both, for the one that acts next."""
    line = move_of(introduction.status, act, introduction.held_from)
    roles = roles_in(by, introduction) & line.who if line else frozenset()
    sides = {role.side for role in roles if role.side}
    next_one = owner_side(introduction.status, introduction.held_from)
    return next_one if next_one in sides else min(sides, default=next_one)


def language_shown(company: Company, by: Actor) -> str:
    """In which words a consent of the company is asked for: in those of its people's page, or in the company's own
    language where a broker writes down what it said."""
    language = get_language() or "en" if company.pk in by.companies else company.language
    return language if language in LANGUAGE_CODES else "en"


def sharing_of(introduction: Introduction, by: Actor) -> Sharing | None:
    """The consent to share the file that stands beside the sender's yes; None where the other broker cannot be given
    it, or has it already."""
    company = introduction.sender_company
    recipient = introduction.receiver_broker.public_id
    named = foreign_broker(company, recipient)
    if not named or Consent.objects.in_force(PURPOSE, recipient).filter(company=company).exists():
        return None
    language = language_shown(company, by)
    return Sharing(recipient, named, words_of(PURPOSE, language), language, text_hash(PURPOSE, language))


def _agree(introduction: Introduction, values: Values, by: Actor) -> Introduction:
    share = Shared(values["share_with"], values["share_shown"]) if values.get("share") else None
    language = language_shown(introduction.sender_company, by)
    return deciding.agree(
        introduction=introduction, shown_hash=values["shown"], language=language, share=share, by=by
    )


def _accept(introduction: Introduction, values: Values, by: Actor) -> Introduction:
    language = language_shown(introduction.receiver_company, by)
    return deciding.accept(introduction=introduction, shown_hash=values["shown"], language=language, by=by)


def _take_back(introduction: Introduction, _values: Values, by: Actor) -> Introduction:
    company = introduction.company_on(side_of_act(Act.TAKE_BACK, introduction, by))
    language = language_shown(company, by)
    return deciding.take_back(introduction=introduction, company=company, language=language, by=by)


def _transfer(introduction: Introduction, values: Values, by: Actor) -> Introduction:
    return pausing.transfer(introduction=introduction, side=Side(values["side"]), to=values["to"], by=by)


def _plain(service: Callable[..., Introduction]) -> Callable[..., Introduction]:
    """A service that takes what the form says by the same names."""
    return lambda introduction, values, by: service(introduction=introduction, by=by, **values)


SERVICES: dict[Act, Callable[[Introduction, Values, Actor], Introduction]] = {
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
