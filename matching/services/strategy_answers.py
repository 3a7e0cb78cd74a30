"""What a firm answers when it is asked to take part in a joint strategy: it may be named, it signs, or it says no."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from companies.policies import can_decide_for_company, require
from companies.services.checks import refuse_misfits
from matching import events
from matching.models import JointStrategy, StrategyMember
from matching.notices import cooperations as notices
from matching.services import strategy_clocks
from matching.services.strategy_rows import (
    changed,
    held,
    member_of,
    require_draft,
    settle_signing,
    tell_members,
    tell_of_noted_yes,
    tell_person,
)
from matching.strategy_names import introduced_pairs, strangers_to
from matching.strategy_words import has_signed, words_hash
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record


@transaction.atomic
def agree_to_be_named(
    *, strategy: JointStrategy, company: Company, by: Actor, now: datetime | None = None
) -> StrategyMember:
    """The firms of the strategy that were not introduced to this one may read its name and its role."""
    strategy, member = _still_asked(strategy, company, by)
    if member.named_at is None:
        _let_be_named(strategy, member, by, now or timezone.now())
        tell_of_noted_yes(notices.STRATEGY_NAME_NOTED, strategy, company, "name_noted", by)
    return member


@transaction.atomic
def sign_strategy(
    *,
    strategy: JointStrategy,
    company: Company,
    signer: str,
    shown_hash: str,
    by: Actor,
    now: datetime | None = None,
) -> StrategyMember:
    """A member signs the exact words that it was shown, by its people, or by its broker for them.

    It reads the names of all the others first, and lets them read its own.
    """
    now = now or timezone.now()
    strategy, member = _still_asked(strategy, company, by)
    if shown_hash != words_hash(strategy):
        raise WrongStateError(
            _("The words have changed meanwhile. Please read them again."), code="text_changed"
        )
    if strangers_to(company.pk, strategy, introduced_pairs(strategy)):
        raise WrongStateError(_("You can sign once all the other firms have let you read their names."))
    if not signer.strip():
        missing = _("Say who signs for the company.")
        raise BadInputError(missing, fields={"signer": missing})
    if member.named_at is None:
        _let_be_named(strategy, member, by, now)
    member.signer, member.text_hash, member.signed_at = signer.strip(), shown_hash, now
    strategy_clocks.stop(member)
    refuse_misfits(member, exclude=["strategy", "company"])
    member.save(update_fields=["signer", "text_hash", "signed_at", *strategy_clocks.FIELDS])
    record(events.STRATEGY_SIGNED, about=strategy, by=by, company_id=company.public_id)
    settle_signing(strategy, now, company=company)
    tell_of_noted_yes(notices.STRATEGY_NOTED, strategy, company, f"noted:{shown_hash[:16]}", by)
    return member


@transaction.atomic
def leave_strategy(
    *, strategy: JointStrategy, company: Company, by: Actor, now: datetime | None = None
) -> JointStrategy:
    """A firm does not take part: a draft goes on without it, and its lead is told."""
    strategy, member = _asked(strategy, company, by)
    record(events.STRATEGY_LEFT, about=strategy, by=by, company_id=company.public_id)
    settle_signing(strategy, now or timezone.now(), company=company)
    if strategy.lead.public_id != by.id:
        key = f"left:{strategy.version}"
        tell_person(notices.STRATEGY_LEFT, strategy, strategy.lead, company, key)
    member.delete()
    return changed(strategy, by)


def _asked(strategy: JointStrategy, company: Company, by: Actor) -> tuple[JointStrategy, StrategyMember]:
    """The held draft and its member for which the actor can answer."""
    strategy = held(strategy)
    require(can_decide_for_company(by, company))
    member = member_of(strategy, company)
    require_draft(strategy)
    return strategy, member


def _still_asked(
    strategy: JointStrategy, company: Company, by: Actor
) -> tuple[JointStrategy, StrategyMember]:
    """The same for a yes: once the time for it is over, the lead asks again first."""
    strategy, member = _asked(strategy, company, by)
    if member.lapsed_at:
        raise WrongStateError(_("The time to answer is over. Who leads the strategy can ask again."))
    return strategy, member


def _name(member: StrategyMember, now: datetime) -> None:
    member.asked_at, member.named_at = member.asked_at or now, member.named_at or now


def _let_be_named(strategy: JointStrategy, member: StrategyMember, by: Actor, now: datetime) -> None:
    """Who waited for this name alone can sign now, and is asked to; who waits for others is not waited for."""
    pairs = introduced_pairs(strategy)
    waited = [
        one
        for one in strategy.members.all()
        if member.company_id in strangers_to(one.company_id, strategy, pairs)
    ]
    _name(member, now)
    if strangers_to(member.company_id, strategy, pairs):
        strategy_clocks.stop(member)
    member.save(update_fields=["asked_at", "named_at", *strategy_clocks.FIELDS])
    record(events.STRATEGY_NAMED, about=strategy, by=by, company_id=member.company.public_id)
    current = words_hash(strategy)
    for one in waited:
        is_ready = one.asked_at and not one.lapsed_at and not has_signed(one, current)
        if is_ready and not strangers_to(one.company_id, strategy, pairs):
            settle_signing(strategy, now, company=one.company)
            strategy_clocks.start(one, now)
            one.save(update_fields=strategy_clocks.FIELDS)
            key = f"sign:{current[:16]}:named:{now.timestamp():.0f}"
            tell_members(notices.STRATEGY_READABLE, strategy, [one], key, by)
