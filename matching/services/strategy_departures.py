"""A firm that is asked to sign joint strategies takes no part any more. Rules of the page of wiring."""

from django.db.models import QuerySet
from django.utils import timezone

from companies.models import Company
from matching.choices import StrategyStatus
from matching.models import JointStrategy
from matching.services.introductions.grounds import has_left
from matching.services.strategy_clocks import go_on_without
from matching.services.strategy_rows import held
from matching.strategy_words import has_signed, words_hash
from tibs.accounts.actor import Actor


def wait_no_longer(company: Company, by: Actor) -> None:
    """Rule: a firm moved to another stage. Where it takes no part any more its signature is not waited for."""
    if has_left(company):
        for row in _drafts(company):
            _let_go(held(row), company)


def wait_no_longer_for_erased(company: Company, by: Actor) -> None:
    """Rule: the same of a firm whose data were erased. That wrote to its rows already, so whoever holds a strategy
    waits for the erasure, which does not wait for them."""
    for strategy in _drafts(company):
        _let_go(strategy, company)


def _drafts(company: Company) -> QuerySet[JointStrategy]:
    drafts = JointStrategy.objects.filter(status=StrategyStatus.DRAFT, members__company=company)
    return drafts.select_related("lead").order_by("pk")


def _let_go(strategy: JointStrategy, company: Company) -> None:
    """Where it was asked and has not signed; of one that let the time pass its lead has heard."""
    member = next((one for one in strategy.members.all() if one.company_id == company.pk), None)
    if member is None or member.asked_at is None or member.lapsed_at:
        return
    if not has_signed(member, words_hash(strategy)):
        go_on_without(member, strategy, timezone.now())
