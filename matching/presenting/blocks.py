"""The blocks of one company: whom it does not want to meet, as far as its broker may know, and why."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from companies.models import Company, CooperationProfile
from companies.texts import best_text
from matching.choices import Choice
from matching.models import Block, MatchDecision
from tibs.accounts.actor import Actor

MOST = 100


@dataclass(frozen=True)
class Row:
    """One block. `name` is '' while the other firm is anonymous to the reader; `title` is what its profile is about."""

    block: Block
    name: str
    country: str
    title: str
    language: str
    reason: str
    note: str


def blocks_of(company: Company, actor: Actor) -> list[Row]:
    """The blocks in force that the company's side made, the newest first. Three queries however many there are."""
    blocks = Block.objects.visible_to(actor).in_force().filter(company=company)
    decisions = _dismissals(company)
    shown = blocks.select_related("other__country", "made_by").order_by("-created_at", "-id")[:MOST]
    return [_row(block, decisions.get(block.other_id), actor) for block in shown]


def _dismissals(company: Company) -> dict[int, MatchDecision]:
    """What the company's side said when it dismissed a match, by the key of the other company."""
    said = MatchDecision.objects.filter(profile__company=company, choice=Choice.DISMISSED)
    both = Q(match__first__company__blocked_by__company=company) | Q(
        match__second__company__blocked_by__company=company
    )
    rows = said.filter(both).select_related("match__first", "match__second").distinct().order_by("pk")
    found = {}
    for decision in rows.prefetch_related("match__first__texts", "match__second__texts"):
        partner = _partner(decision)
        found[partner.company_id] = decision
    return found


def _partner(decision: MatchDecision) -> CooperationProfile:
    match = decision.match
    return match.second if match.first_id == decision.profile_id else match.first


def _row(block: Block, decision: MatchDecision | None, actor: Actor) -> Row:
    text = best_text(_partner(decision), "title", get_language() or "en") if decision else None
    return Row(
        block=block,
        name=block.other.name if block.other.host_id in actor.organisations else "",
        country=block.other.country.name,
        title=text.title if text else "",
        language=text.language if text else "",
        reason=block.reason or (str(decision.get_reason_display()) if decision else ""),
        note=decision.note if decision else "",
    )
