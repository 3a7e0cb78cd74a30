"""The three texts, and asking the own company."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.choices import Basis
from companies.models import CooperationProfile
from companies.services.messages import let_somebody_read
from matching.handshake import Act
from matching.models import Introduction
from matching.models.introduction import LONGEST_STATEMENT, SHORTEST_STATEMENT
from matching.services.introductions.grounds import TEXTS
from matching.services.introductions.identity import leaks_in
from matching.services.introductions.moving import allowed, move, with_its_companies
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.languages import LANGUAGE_CODES

TEXTS_CHANGE = _("Your broker is changing the texts; you will be asked again.")
CHANGED_MEANWHILE = _("Somebody else changed this meanwhile. Please look at it again.")
PUBLIC_FACTS_ONLY = _(
    "The other firm is known from public facts only, so an introduction to it stays a draft. First its broker has to "
    "win it over and publish its profile; then begin from that profile."
)


@transaction.atomic
def write_texts(
    *,
    introduction: Introduction,
    texts: Mapping[str, str],
    language: str,
    version: int,
    by: Actor,
    now: datetime | None = None,
) -> Introduction:
    """Write the three texts before they are sent; they may be short for now, but never longer than 600 characters.

    Other words than those to which the own company agreed make its agreement void: it is asked anew, and until then
    its page says that they are being changed. WrongStateError
    `conflict` if somebody else has written meanwhile.
    """
    introduction = with_its_companies(introduction)
    allowed(introduction, Act.WRITE, by)
    if introduction.version != version:
        raise WrongStateError(CHANGED_MEANWHILE, code="conflict")
    words = {name: str(texts.get(name, "")).strip() for name in TEXTS}
    _refuse_too_long(words)
    if language not in LANGUAGE_CODES:
        unknown = _("Choose one of the languages.")
        raise BadInputError(unknown, fields={"language": unknown})
    if words == _words(introduction) and language == introduction.language:
        return introduction
    changes: dict[str, Any] = {**words, "language": language, "asked_sender_at": None}
    return move(introduction, Act.WRITE, by, now=now or timezone.now(), **changes)


@transaction.atomic
def ask_company(*, introduction: Introduction, by: Actor, now: datetime | None = None) -> Introduction:
    """Put the texts to the own company, which reads them on its page and agrees or declines."""
    introduction = with_its_companies(introduction)
    allowed(introduction, Act.ASK, by)
    refuse_public_facts(introduction)
    refuse_unfinished(introduction)
    let_somebody_read(introduction.sender_company, by)
    now = now or timezone.now()
    return move(introduction, Act.ASK, by, now=now, first_asked_at=introduction.first_asked_at or now)


def rests_on_public_facts(partner: CooperationProfile) -> bool:
    """Whether the other firm never agreed to anything: it is for search, and an introduction to it stays a draft."""
    return partner.basis == Basis.PUBLIC_SOURCE


def refuse_public_facts(introduction: Introduction) -> None:
    """No firm is asked for a yes that could never be sent."""
    if rests_on_public_facts(introduction.receiver_profile):
        raise WrongStateError(PUBLIC_FACTS_ONLY, code="public_facts")


def refuse_unfinished(introduction: Introduction) -> None:
    """BadInputError names each text that is too short, too long or gives away who the company is."""
    _refuse_too_long(_words(introduction))
    if problems := unfinished(introduction):
        raise BadInputError(_("The texts are not ready yet."), fields=problems)


def unfinished(introduction: Introduction) -> dict[str, str | Promise]:
    """What is still to be done to each text before the own company can be asked; empty where nothing is."""
    problems: dict[str, str | Promise] = {}
    for name, text in _words(introduction).items():
        if len(text) < SHORTEST_STATEMENT:
            problems[name] = _("Write at least %(least)d characters; these are %(number)d.") % {
                "least": SHORTEST_STATEMENT,
                "number": len(text),
            }
        elif found := leaks_in(text, introduction.sender_company):
            problems[name] = _("This gives away who the company is: %(words)s.") % {"words": ", ".join(found)}
    return problems


def _words(introduction: Introduction) -> dict[str, str]:
    return {name: getattr(introduction, name) for name in TEXTS}


def _refuse_too_long(words: Mapping[str, str]) -> None:
    problems = {
        name: _("Write at most %(most)d characters; these are %(number)d.")
        % {"most": LONGEST_STATEMENT, "number": len(text)}
        for name, text in words.items()
        if len(text) > LONGEST_STATEMENT
    }
    if problems:
        raise BadInputError(_("A text is too long."), fields=problems)
