"""Joint strategies of the demonstration, one in each status."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from matching.choices import StrategyStatus
from matching.models import JointStrategy
from matching.services.strategies import (
    add_activity,
    add_member,
    ask_for_signatures,
    draft_strategy,
    finish_activity,
    give_up_strategy,
    move_strategy,
)
from matching.services.strategy_answers import agree_to_be_named, sign_strategy
from matching.strategy_words import words_hash
from regions.models import S3Domain
from tibs.accounts.actor import Actor
from tibs.demo.cast import Cast, read
from tibs.demo.clock import ago, at

# Days ago on which a strategy was drafted, signed, begun and completed, as far as it came.
DAYS: dict[StrategyStatus, tuple[int, ...]] = {
    StrategyStatus.DRAFT: (6,),
    StrategyStatus.AGREED: (6, 3),
    StrategyStatus.IN_IMPLEMENTATION: (12, 9, 7),
    StrategyStatus.COMPLETED: (320, 310, 300, 40),
    StrategyStatus.GIVEN_UP: (60,),
}
WORDS = ("title", "goal", "roles", "funding", "risks")


def tell_strategies(cast: Cast, now: datetime) -> None:
    """Draft each strategy of the story, and take it as far as it says."""
    for told in read("strategies")["strategy"]:
        days = DAYS[StrategyStatus(told["status"])]
        lead = cast.broker(cast.company(told["members"][0]))
        with at(ago(now, days[0])):
            draft = _draft(cast, told, lead)
        for place, day in enumerate(days[1:]):
            with at(ago(now, day)):
                if place == 0:
                    _sign(cast, draft)
                if place == 2:
                    _finish(draft, lead)
                draft = move_strategy(strategy=draft, by=lead)
        if told["status"] == StrategyStatus.GIVEN_UP:
            with at(ago(now, days[0] - 20)):
                give_up_strategy(strategy=draft, by=lead)


def _draft(cast: Cast, told: Mapping[str, Any], lead: Actor) -> JointStrategy:
    domain = S3Domain.objects.get(code=told["domain"])
    firms = [cast.company(key) for key in told["members"]]
    values = {name: told[name] for name in WORDS} | {"domain": domain}
    draft = draft_strategy(values=values, companies=firms, by=lead)
    for firm, contribution in zip(firms, told["contributions"], strict=True):
        add_member(strategy=draft, company=firm, contribution=contribution, by=lead)
    members = list(draft.members.order_by("pk"))
    for number, what in enumerate(told["activities"]):
        due = timezone.localdate() + timedelta(days=90 * (number + 1))
        responsible = members[number % len(members)]
        add_activity(strategy=draft, what=what, responsible=responsible, due_date=due, by=lead)
    return ask_for_signatures(strategy=draft, by=lead)


def _sign(cast: Cast, draft: JointStrategy) -> None:
    for member in draft.members.select_related("company__owner").order_by("pk"):
        agree_to_be_named(strategy=draft, company=member.company, by=cast.firm(member.company))
    shown = words_hash(JointStrategy.objects.get(pk=draft.pk))
    for member in draft.members.select_related("company__owner").order_by("pk"):
        company = member.company
        signer = cast.signer(company)
        sign_strategy(strategy=draft, company=company, signer=signer, shown_hash=shown, by=cast.firm(company))


def _finish(draft: JointStrategy, lead: Actor) -> None:
    for activity in draft.activities.order_by("pk"):
        finish_activity(activity=activity, by=lead)
