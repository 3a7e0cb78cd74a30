"""Decisions about matches as lines of a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from companies.models import CooperationProfile
from companies.texts import best_text
from matching import wording
from matching.models import MatchDecision
from matching.presenting.standing import decision_sentence, introduction_url
from matching.services.cards import name_shown
from tibs.accounts.actor import Actor
from tibs.rendering.match_card import Quote


@dataclass(frozen=True)
class DecidedRow:
    """One decision: for whom, about whom, why, and what can be done now."""

    own: CooperationProfile
    match_id: str
    partner: str
    partner_title: Quote | None
    country: str
    score: float
    score_word: str
    sentence: str
    note: str
    is_open: bool
    introduce_url: str


def decided_rows(decisions: Iterable[MatchDecision], actor: Actor) -> list[DecidedRow]:
    """Decisions that `selectors.decided` read."""
    return [_row(decision, actor) for decision in decisions]


def _row(decision: MatchDecision, actor: Actor) -> DecidedRow:
    match = decision.match
    partner = match.second if match.first_id == decision.profile_id else match.first
    is_open = bool(getattr(decision, "is_open", False))
    # What is shown of a partner ends with its consent.
    title = best_text(partner, "title", get_language() or "en") if is_open else None
    return DecidedRow(
        own=decision.profile,
        match_id=match.public_id,
        partner=(name_shown(partner, actor) if is_open else "") or gettext("Anonymous partner"),
        partner_title=Quote(title.title, title.language) if title else None,
        country=partner.company.country.name,
        score=match.score,
        score_word=capfirst(wording.word_for(wording.strength_of(match.score))),
        sentence=decision_sentence(decision),
        note=decision.note,
        is_open=is_open,
        introduce_url=introduction_url(match, decision.profile),
    )
