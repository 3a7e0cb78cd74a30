"""What the page of a joint strategy shows to one reader, and what they can do on it."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from companies.policies import can_decide_for_company
from matching.choices import StrategyStatus
from matching.cooperation_stages import strategy_after
from matching.forms.signing import SignerForm
from matching.forms.strategies import ActivityForm, MemberForm
from matching.models import JointStrategy, StrategyMember
from matching.policies import can_lead_strategy
from matching.services import strategies as services
from matching.services import strategy_clocks
from matching.strategy_names import Pairs, hidden_from, introduced_pairs, name_of, strangers_to
from matching.strategy_words import has_signed, what_is_missing, words_hash
from tibs.accounts.actor import Actor

MOST_OFFERED = 100


def page_of_strategy(found: JointStrategy, actor: Actor) -> dict[str, Any]:
    """Everything on the page but the forms that somebody has sent."""
    leads, is_draft = can_lead_strategy(actor, found), found.status == StrategyStatus.DRAFT
    after = strategy_after(found.status)
    pairs = introduced_pairs(found)
    hidden = hidden_from(actor, found, pairs, leads=leads)
    members = list(found.members.all())
    return {
        "strategy": found,
        "texts": texts_of(found),
        "members": [
            _member(member, found, hidden, leads=leads)
            | _answers(member, found, actor, pairs, is_draft=is_draft)
            for member in members
        ],
        "activities": [
            {"row": one, "responsible": _responsible(one.responsible, hidden)}
            for one in found.activities.all()
        ],
        "leads": leads,
        "is_given_up": found.status == StrategyStatus.GIVEN_UP,
        "changes": leads and is_draft,
        "missing": what_is_missing(found) if is_draft else None,
        "next_status": StrategyStatus(after).label if after else "",
        "member_form": MemberForm(candidates=services.candidates(actor)) if leads and is_draft else None,
        "firms": list(services.candidates(actor)[:MOST_OFFERED]) if leads and is_draft else [],
        "activity_form": ActivityForm(strategy=found) if leads and is_draft else None,
    }


def texts_of(found: JointStrategy) -> list[tuple[str, str]]:
    """The words of the strategy, each with its heading."""
    return [
        (gettext("Goal"), found.goal),
        (gettext("Division of roles"), found.roles),
        (gettext("Investment and funding sought"), found.funding),
        (gettext("Risks"), found.risks),
    ]


def _member(member: StrategyMember, found: JointStrategy, hidden: set[int], *, leads: bool) -> dict[str, Any]:
    is_hidden = member.company_id in hidden
    signed = has_signed(member, words_hash(found))
    return {
        "row": member,
        "name": name_of(member, hidden),
        "country": "" if is_hidden else member.company.country.name,
        "contribution": "" if is_hidden else member.contribution,
        "signed": signed,
        "has_lapsed": member.lapsed_at is not None and not signed,
        "until": _until(member, found) if leads else None,
    }


def _until(member: StrategyMember, found: JointStrategy) -> date | None:
    """The day, on its own clock, by which a member that is waited for answers."""
    if member.clock_started_at is None or found.status != StrategyStatus.DRAFT:
        return None
    due_at = strategy_clocks.times(member, member.clock_started_at).due_at
    return due_at.astimezone(ZoneInfo(member.company.country.time_zone)).date()


def _answers(
    member: StrategyMember, found: JointStrategy, actor: Actor, pairs: Pairs, *, is_draft: bool
) -> dict[str, Any]:
    """What the reader can answer for this firm: let it be named, sign, or say that it does not take part."""
    company, current = member.company, words_hash(found)
    if not (is_draft and can_decide_for_company(actor, company)):
        return {}
    if member.lapsed_at:
        return {"can_answer": True}
    initial = {
        "company": company.public_id,
        "shown_hash": current,
        "signer": actor.name if company.pk in actor.companies else "",
    }
    strangers = strangers_to(company.pk, found, pairs)
    others = [one.company_id for one in found.members.all() if one.company_id != company.pk]
    can_sign = not (strangers or has_signed(member, current))
    return {
        "can_answer": True,
        "until": _until(member, found),
        # Firms that were introduced to each other read the names anyway.
        "can_be_named": member.named_at is None and any((company.pk, one) not in pairs for one in others),
        "waits_for_names": bool(strangers),
        "form": SignerForm(
            initial=initial,
            speaks_for_another=company.pk not in actor.companies,
            auto_id=f"id_{company.public_id}_%s",
        )
        if can_sign
        else None,
    }


def _responsible(member: StrategyMember | None, hidden: set[int]) -> str:
    return name_of(member, hidden) if member else ""
