"""The engine's findings as match cards: the one place where explanations become words and bars."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, gettext

from companies.choices import Basis
from companies.models import Company, CooperationProfile
from companies.profile_sheet import coarse_region
from companies.texts import best_text, original_text
from matching import wording
from matching.engine import blocks, explain
from matching.services.cards import Card, name_shown
from matching.services.partners import Partner, Request
from matching.services.stored import stored_explanation
from tibs.accounts.actor import Actor
from tibs.rendering.bars import Bars, Part, signed_bars, stacked_bars
from tibs.rendering.match_card import Direction, MatchCard, Quote
from tibs.rendering.rounding import rounded_to_sum

LONGEST_EXCERPT = 220
# No page records readiness yet, so nobody could fill this gap.
NOT_ASKED_FOR = frozenset({blocks.READINESS})


@dataclass(frozen=True)
class Own:
    """The side that the reader stands on: a profile of an own company, or a request typed just now."""

    name: str
    language: str
    offered: str
    sought: str
    is_request: bool = False


def own_profile(profile: CooperationProfile, name: str = "") -> Own:
    """The side of a profile, under the name of its company or another one."""
    text = original_text(profile)
    return Own(name or profile.company.name, text.language, text.offered, text.sought)


def own_request(request: Request) -> Own:
    return Own(gettext("Your request"), request.language, "", request.text, is_request=True)


def card_of_match(card: Card, own: Own, actor: Actor) -> MatchCard:
    """A stored match as its reader may see it; without quotes where a text changed after the matching."""
    match = card.match
    explanation = card.explanation or stored_explanation(
        match, seen_from_first=match.second_id == card.partner.pk
    )
    notice = (
        ""
        if card.explanation
        else gettext("The texts wait to be read anew. The next matching renews this card.")
    )
    found = _card(match.public_id, card.rank or 0, explanation, own, card.partner, actor, notice)
    return replace(found, shared_code=_shared_code(card, actor))


def _shared_code(card: Card, actor: Actor) -> str:
    """The narrowest NACE code of both firms. Of a firm that the reader may not know only the division, since a class
    could give it away."""
    if not card.shared:
        return ""
    knows_both = all(name_shown(side, actor) for side in (card.match.first, card.match.second))
    code = card.shared[-1 if knows_both else 0]
    return f"{code.code} {code.label}"


def card_of_partner(partner: Partner, own: Own, actor: Actor) -> MatchCard:
    """A partner found just now."""
    profile = partner.profile
    return _card(profile.public_id, partner.rank, partner.explanation, own, profile, actor)


def _card(
    public_id: str,
    rank: int,
    explanation: explain.Explanation,
    own: Own,
    partner: CooperationProfile,
    actor: Actor,
    notice: str = "",
) -> MatchCard:
    face = _face(partner, actor)
    stacked, signed = score_bars(explanation)
    strength = wording.strength_of(explanation.forward.value if own.is_request else explanation.score)
    return MatchCard(
        public_id=public_id,
        rank=rank,
        own_name=own.name,
        name=face.name,
        name_language=face.name_language,
        partner_name=face.called,
        title=face.title,
        country=partner.company.country.name,
        region=_region(partner.company, exact=face.is_known),
        branch=_branch(partner, exact=face.is_known),
        website=_website(partner.company.website) if face.is_known else "",
        url=_url(partner, actor),
        score=explanation.score,
        score_word=capfirst(wording.word_for(strength)),
        is_weak=strength == wording.Strength.WEAK,
        reasons=_reasons(explanation, own),
        directions=_directions(explanation, own, partner),
        stacked=stacked,
        signed=signed,
        weakest=gettext(explanation.weak_point) if explanation.weak_point else "",
        missing=_missing(explanation, own),
        updated_date=timezone.localdate(partner.updated_at),
        is_public_source=partner.basis == Basis.PUBLIC_SOURCE,
        is_anonymous=not face.is_known,
        notice=notice or _one_direction(explanation, own),
    )


def _url(partner: CooperationProfile, actor: Actor) -> str:
    """Where to read more: the company's page for those who host it, else the anonymous profile in the catalogue."""
    if partner.company.host_id in actor.organisations:
        return partner.company.get_absolute_url()
    return reverse("opportunity", args=[partner.reference]) if partner.reference else ""


@dataclass(frozen=True)
class Face:
    """How a partner is shown to a reader: by name where the reader may know it, else by what it is about."""

    is_known: bool
    name: str
    name_language: str
    called: str
    title: Quote | None


def _face(partner: CooperationProfile, actor: Actor) -> Face:
    found = best_text(partner, "title", get_language() or "en")
    title = Quote(found.title, found.language) if found else None
    if name := name_shown(partner, actor):
        return Face(True, name, "", name, title)
    name, language = (title.text, title.language) if title else (str(partner), "")
    return Face(False, name, language, gettext("The partner"), None)


@dataclass(frozen=True)
class Group:
    """Neighbouring cards of one strength, under its word."""

    word: str
    cards: list[MatchCard]

    @property
    def is_weak(self) -> bool:
        return self.cards[0].is_weak


def groups_of(cards: Iterable[MatchCard]) -> list[Group]:
    """Ranked cards, parted where the word for the score changes."""
    return [Group(word, list(group)) for word, group in groupby(cards, key=lambda card: card.score_word)]


def score_bars(explanation: explain.Explanation) -> tuple[Bars, Bars]:
    """The contributions of both directions by block, as one bar and part by part.

    The numbers are rounded so that what the reader sees adds up: to two digits in the bar, three in the table.
    """
    sums: dict[str, float] = dict.fromkeys(blocks.BLOCKS, 0.0)
    for part in (*explanation.forward.parts, *explanation.backward.parts):
        sums[part.block] += part.contribution
    known = {block: value for block, value in sums.items() if value}
    labels = [gettext(blocks.LABELS[block]) for block in known]

    def parts(digits: int) -> list[Part]:
        return [
            Part(label, value)
            for label, value in zip(labels, rounded_to_sum(list(known.values()), digits), strict=True)
        ]

    return stacked_bars(parts(2), reach=1), signed_bars(parts(3))


def _region(company: Company, *, exact: bool) -> str:
    """A small region and a branch could give an anonymous firm away, so its larger region is named."""
    if not exact:
        return coarse_region(company)
    region = company.region
    is_whole_country = region is not None and region.code.rstrip("0") == company.country_id
    return region.name if region and not is_whole_country else ""


def _branch(partner: CooperationProfile, *, exact: bool) -> str:
    if exact and partner.company.nace:
        return str(partner.company.nace.label)
    return str(partner.domain.name) if partner.domain else ""


def _website(address: str) -> str:
    return address if address.startswith(("https://", "http://")) else ""


def _reasons(explanation: explain.Explanation, own: Own) -> list[str]:
    said = dict.fromkeys(wording.short_reason(reason) for reason in explanation.reasons)
    return [] if own.is_request else list(said)


def _directions(explanation: explain.Explanation, own: Own, partner: CooperationProfile) -> list[Direction]:
    theirs = original_text(partner)
    we_seek = Direction(
        seeks_is_ours=True,
        seeks=_quote(explanation.forward.sought_quote, own.sought, own.language),
        offers=_quote(explanation.forward.offered_quote, theirs.offered, theirs.language),
        score=max(0.0, explanation.forward.value),
        gap=gettext("Nothing is said here, so this direction counts 0."),
    )
    they_seek = Direction(
        seeks_is_ours=False,
        seeks=_quote(explanation.backward.sought_quote, theirs.sought, theirs.language),
        offers=_quote(explanation.backward.offered_quote, own.offered, own.language),
        score=max(0.0, explanation.backward.value),
        gap=gettext("Nothing is said here, so this direction counts 0."),
    )
    return [we_seek] if own.is_request else [we_seek, they_seek]


def _quote(found: explain.Quote | None, text: str, language: str) -> Quote | None:
    """The sentence that fits best, else the beginning of the text, else nothing."""
    words = found.text if found else Truncator(text.strip()).chars(LONGEST_EXCERPT)
    return Quote(words, language) if words else None


def _missing(explanation: explain.Explanation, own: Own) -> str:
    theirs = _labels(gap.block for gap in explanation.missing if gap.side in {"second", "both"})
    ours = _labels(gap.block for gap in explanation.missing if gap.side in {"first", "both"})
    sentences = []
    if theirs:
        sentences.append(gettext("Their profile does not say: %(facts)s.") % {"facts": theirs})
    if ours and not own.is_request:
        sentences.append(gettext("Your profile does not say: %(facts)s.") % {"facts": ours})
    return " ".join(sentences)


def _labels(codes: Iterable[str]) -> str:
    return ", ".join(gettext(blocks.LABELS[code]) for code in codes if code not in NOT_ASKED_FOR)


def _one_direction(explanation: explain.Explanation, own: Own) -> str:
    """On a typed request every card would say it; the page says it once."""
    return gettext(explanation.one_direction) if explanation.one_direction and not own.is_request else ""
