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
from tibs.accounts.actor import Actor

# What storing and float32 sums may change of a score.
SAME_SCORE = 1e-4


@dataclass(frozen=True)
class Card:
    """One match seen from one of its sides."""

    match: Match
    partner: CooperationProfile
    rank: int | None
    explanation: engine.Explanation | None


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
    """Cards for matches of `profile`, explained by the same numbers as in their run; quotes come from the texts.

    Where a profile changed since the run, the numbers would differ from the stored ones: such a card has no
    explanation until the next run.
    """
    partners = [match.second if match.first_id == profile.pk else match.first for match in matches]
    taken = snapshots.take([profile.pk, *(partner.pk for partner in partners)]).profiles
    means = {match.run_id: unpack_means(match.run.means) for match in matches}
    cards = []
    for match, partner in zip(matches, partners, strict=True):
        known = profile.pk in taken and partner.pk in taken
        explanation = None
        if known:
            weights = Weights.from_mapping(match.run.weights)
            fresh = engine.explain(taken[profile.pk], taken[partner.pk], weights, means[match.run_id])
            explanation = fresh if abs(fresh.score - match.score) < SAME_SCORE else None
        rank = match.first_rank if match.first_id == profile.pk else match.second_rank
        cards.append(Card(match, partner, rank, explanation))
    return cards
