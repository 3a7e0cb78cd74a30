"""Matches of several own companies in a short list: who fits whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from companies.models import Company, CooperationProfile
from companies.texts import best_text
from matching import wording
from matching.models import Match
from matching.models.match import MatchQuerySet
from matching.services.cards import name_shown
from matching.services.impressions import note_shown
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.rendering.match_card import Quote

# Enough to find some of different profiles among them.
READ = 60
SIDES = ("first", "second")


@dataclass(frozen=True)
class Pair:
    """A match in one line: the own profile, the partner as far as the reader may know it, and the score.

    `partner_title` is what the partner's profile is about, in the language that it is written in.
    """

    own: CooperationProfile
    match: Match
    partner: str
    partner_title: Quote | None
    country: str
    score: float
    score_word: str
    url: str


def best_pairs(
    matches: MatchQuerySet,
    actor: Actor,
    *,
    is_own: Callable[[Company], bool],
    limit: int,
    each_once: bool = False,
) -> list[Pair]:
    """The best of `matches`; with `each_once` every own profile once, so that one does not hide the others."""
    rows = matches.select_related("run", *(f"{side}__company__country" for side in SIDES))
    rows = rows.defer("run__means", "run__profile_ids")
    chosen: dict[int, tuple[Match, CooperationProfile, CooperationProfile]] = {}
    for match in rows.order_by("-score", "public_id")[:READ]:
        own, partner = (
            (match.first, match.second) if is_own(match.first.company) else (match.second, match.first)
        )
        if len(chosen) < limit:
            chosen.setdefault(own.pk if each_once else match.pk, (match, own, partner))
    prefetch_related_objects([partner for _match, _own, partner in chosen.values()], "texts")
    return [_pair(*found, actor) for found in chosen.values()]


def note_pairs(pairs: Iterable[Pair], reader: User | AnonymousUser) -> None:
    """Whoever shows such a list notes it: what was shown is a label for the weights, as on the pages of matches."""
    note_shown([(pair.own.pk, pair.match) for pair in pairs], reader, timezone.localdate())


def _pair(match: Match, own: CooperationProfile, partner: CooperationProfile, actor: Actor) -> Pair:
    title = best_text(partner, "title", get_language() or "en")
    return Pair(
        own=own,
        match=match,
        partner=name_shown(partner, actor) or gettext("Anonymous partner"),
        partner_title=Quote(title.title, title.language) if title else None,
        country=partner.company.country.name,
        score=match.score,
        score_word=capfirst(wording.word_for(wording.strength_of(match.score))),
        url=f"{own.get_absolute_url()}#{match.public_id}",
    )
