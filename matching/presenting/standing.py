"""Where matches stand for the reader's own side, in words: decided, changed since, and what the partner can carry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from companies.models import CooperationProfile
from companies.texts import original_text
from matching.models import Introduction, Match, MatchDecision
from matching.presenting.cards import card_of_match, own_profile
from matching.services.cards import Card, cards_for
from matching.services.review import MATERIAL
from tibs.accounts.actor import Actor
from tibs.figures import INTRODUCTIONS_CARRIED
from tibs.rendering.match_card import MatchCard, Standing

Side = tuple[CooperationProfile, Match]


@dataclass(frozen=True)
class Shown:
    """A card with everything that a page does with it."""

    own: CooperationProfile
    match: Match
    partner: CooperationProfile
    card: MatchCard


def shown_to(actor: Actor, sides: Sequence[Side]) -> list[Shown]:
    """Cards of matches, each seen from a profile of the reader's own, with what was decided and can be done."""
    cards = cards_for(sides)
    decided = _decisions(sides)
    carried = open_introductions({card.partner.company_id for card in cards})
    return [
        Shown(
            own,
            match,
            card.partner,
            replace(
                card_of_match(card, own_profile(own), actor),
                capacity=capacity_of(carried.get(card.partner.company_id, 0)),
                standing=standing_of(own, card, decided.get((match.pk, own.pk))),
            ),
        )
        for (own, match), card in zip(sides, cards, strict=True)
    ]


def open_introductions(companies: set[int]) -> dict[int, int]:
    """How many introductions of each of these companies are open; no word with whom."""
    mine = Introduction.objects.open().filter(Q(low_company__in=companies) | Q(high_company__in=companies))
    counts: dict[int, int] = {}
    for pair in mine.values_list("low_company", "high_company"):
        for company in pair:
            counts[company] = counts.get(company, 0) + 1
    return counts


def capacity_of(number: int) -> str:
    return gettext("%(number)s of %(most)s introductions open") % {
        "number": number,
        "most": INTRODUCTIONS_CARRIED,
    }


def standing_of(own: CooperationProfile, card: Card, decision: MatchDecision | None) -> Standing:
    """What the own side decided, and what changed since."""
    return Standing(
        side=own.public_id,
        side_name=own.company.name,
        side_url=own.get_absolute_url(),
        decided=decision.choice if decision else "",
        sentence=decision_sentence(decision) if decision else "",
        changed=_changed(decision, card) if decision else "",
        introduce_url=introduction_url(card.match, own),
    )


def introduction_url(match: Match, own: CooperationProfile) -> str:
    """Where an introduction of the two firms begins."""
    return reverse("introduction_new", args=[match.public_id], query={"side": own.public_id})


def decision_sentence(decision: MatchDecision) -> str:
    """Who decided what, when and why."""
    facts = {
        "choice": decision.get_choice_display(),
        "date": date_format(decision.decided_at, "DATE_FORMAT"),
        "name": decision.decided_by.name if decision.decided_by else gettext("somebody"),
        "reason": decision.get_reason_display(),
    }
    if decision.reason:
        return gettext("%(choice)s: %(reason)s. %(name)s, %(date)s.") % facts
    return gettext("%(choice)s. %(name)s, %(date)s.") % facts


def _changed(decision: MatchDecision, card: Card) -> str:
    if original_text(card.partner).text_hash != decision.text_hash:
        return gettext("The partner has changed its words since.")
    if card.match.score >= decision.score + MATERIAL:
        return gettext("The score has risen since.")
    if card.match.score <= decision.score - MATERIAL:
        return gettext("The score has fallen since.")
    return ""


def _decisions(sides: Sequence[Side]) -> dict[tuple[int, int], MatchDecision]:
    rows = MatchDecision.objects.filter(
        match__in=[match.pk for _own, match in sides], profile__in={own.pk for own, _match in sides}
    ).select_related("decided_by")
    return {(row.match_id, row.profile_id): row for row in rows}
