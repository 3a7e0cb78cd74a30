"""What a card tells about a match, in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from companies.choices import Basis
from companies.models import CooperationProfile, ProfileText
from matching.engine import explain as engine
from matching.engine.weights import Weights
from matching.models import Match
from matching.services import snapshots
from matching.services.frozen import unpack_means
from regions.models import NaceCode
from tibs.accounts.actor import Actor

# What storing and float32 sums may change of a score.
SAME_SCORE = 1e-4


@dataclass(frozen=True)
class Card:
    """One match seen from one of its sides. `shared` are the NACE codes of both firms, the widest first."""

    match: Match
    partner: CooperationProfile
    rank: int | None
    explanation: engine.Explanation | None
    shared: tuple[NaceCode, ...] = ()


def name_shown(profile: CooperationProfile, actor: Actor) -> str:
    """The company's name where the reader may know it: own organisation's companies and public facts; else ''."""
    company = profile.company
    is_own = actor.is_system or company.host_id in actor.organisations or company.pk in actor.companies
    return company.name if is_own or profile.basis == Basis.PUBLIC_SOURCE else ""


def text_for(profile: CooperationProfile, language: str) -> ProfileText:
    """The text to show: in the reader's language, else in English, else the original."""
    texts = {text.language: text for text in profile.texts.all()}
    original = next(text for text in texts.values() if text.is_original)
    return texts.get(language) or texts.get("en") or original


def cards_of(profile: CooperationProfile, matches: Sequence[Match]) -> list[Card]:
    """Cards for matches of `profile`."""
    return cards_for([(profile, match) for match in matches])


def cards_for(sides: Sequence[tuple[CooperationProfile, Match]]) -> list[Card]:
    """Cards for matches, each seen from its profile, explained by the same numbers as in their run.

    Where a profile changed since the run, the numbers would differ from the stored ones: such a card has no
    explanation until it was compared again.
    """
    keys = {key for _own, match in sides for key in (match.first_id, match.second_id)}
    taken = snapshots.take(sorted(keys)).profiles if keys else {}
    means = {match.run_id: unpack_means(match.run.means) for _own, match in sides}
    codes = _shared_codes(sides)
    weights = {match.run_id: Weights.from_mapping(match.run.weights) for _own, match in sides}
    cards = []
    for own, match in sides:
        is_first = match.first_id == own.pk
        partner = match.second if is_first else match.first
        explanation = None
        if own.pk in taken and partner.pk in taken:
            frozen = weights[match.run_id], means[match.run_id]
            fresh = engine.explain(taken[own.pk], taken[partner.pk], *frozen)
            explanation = fresh if abs(fresh.score - match.score) < SAME_SCORE else None
        rank = match.first_rank if is_first else match.second_rank
        cards.append(Card(match, partner, rank, explanation, codes.get(match.pk, ())))
    return cards


def _shared_codes(sides: Sequence[tuple[CooperationProfile, Match]]) -> dict[int, tuple[NaceCode, ...]]:
    """Division, group and class that both firms of a match work in, by match; one query for all."""
    common = {
        match.pk: _wider(match.first.company.nace_id) & _wider(match.second.company.nace_id)
        for _own, match in sides
    }
    wanted = {code for codes in common.values() for code in codes}
    found = NaceCode.objects.in_bulk(wanted) if wanted else {}
    return {
        match: tuple(found[code] for code in sorted(codes) if code in found)
        for match, codes in common.items()
    }


def _wider(code: str | None) -> frozenset[str]:
    """A code and the wider ones that it belongs to, from the division on: 16.10 is in 16.1 and in 16."""
    return frozenset({code[:2], code[:4], code}) if code and code[:2].isdigit() else frozenset()
