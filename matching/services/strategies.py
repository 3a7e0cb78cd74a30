"""Joint smart strategies: drafted by a broker, signed by every member in the same words, then carried out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from companies.policies import require
from companies.querysets import CompanyQuerySet
from companies.services.checks import refuse_misfits
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.files import author
from matching import events
from matching.choices import IntroductionStatus, StrategyStatus
from matching.cooperation_stages import strategy_after
from matching.models import Introduction, JointStrategy, StrategyActivity, StrategyMember
from matching.notices import cooperations as notices
from matching.policies import can_begin_strategy, can_lead_strategy, is_away
from matching.services import strategy_clocks
from matching.services.strategy_rows import (
    changed,
    held,
    held_draft,
    settle_signing,
    tell_members,
    write_down,
)
from matching.strategy_names import Pairs, introduced_pairs
from matching.strategy_words import WORDS, has_signed, what_is_missing, words_hash
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.services.inbox import settle, settle_about

MOST_MEMBERS, MOST_ACTIVITIES = 20, 20


def candidates(actor: Actor) -> CompanyQuerySet:
    """Firms that the actor can ask to take part: those of their organisations, and the partners to which these were
    introduced."""
    own = Company.objects.filter(host__in=actor.organisations, merged_into=None, erased_at=None)
    met = Introduction.objects.filter(status=IntroductionStatus.INTRODUCED)
    keys = own.values("pk")
    partners = Company.objects.filter(
        pk__in=met.filter(sender_company__in=keys).values("receiver_company"), erased_at=None
    ) | Company.objects.filter(
        pk__in=met.filter(receiver_company__in=keys).values("sender_company"), erased_at=None
    )
    found: CompanyQuerySet = (own | partners).order_by("name", "pk")
    return found


@transaction.atomic
def draft_strategy(
    *, values: Mapping[str, Any], companies: Sequence[Company] = (), by: Actor
) -> JointStrategy:
    """Begin a joint strategy (`values`: domain and the texts of WORDS) of these firms; the author leads it."""
    require(can_begin_strategy(by))
    strategy = JointStrategy(lead=author(by), **_known(values))
    refuse_misfits(strategy, exclude=["lead"])
    strategy.save(force_insert=True)
    _add(strategy, companies, by)
    write_down(events.STRATEGY_DRAFTED, strategy, by)
    return strategy


@transaction.atomic
def change_strategy(
    *, strategy: JointStrategy, values: Mapping[str, Any], version: int | None = None, by: Actor
) -> JointStrategy:
    """Correct the texts of a draft; signatures under other words do not count any more.

    ChangedMeanwhileError unless `version` is the one that was read; without it nobody has read another one.
    """
    strategy = held_draft(strategy, by)
    if version not in (None, strategy.version):
        raise ChangedMeanwhileError(strategy)
    for name, value in _known(values).items():
        setattr(strategy, name, value)
    refuse_misfits(strategy, exclude=["lead"])
    return changed(strategy, by)


@transaction.atomic
def add_member(
    *, strategy: JointStrategy, company: Company, contribution: str = "", by: Actor
) -> JointStrategy:
    """Let a firm take part in a draft; of one that does already, say anew what it contributes."""
    strategy = held_draft(strategy, by)
    _add(strategy, [company], by)
    member = strategy.members.get(company=company)
    member.contribution = contribution.strip()
    refuse_misfits(member, exclude=["strategy", "company"])
    member.save(update_fields=["contribution"])
    strategy = changed(strategy, by)
    _stop_who_waits(strategy)
    return strategy


@transaction.atomic
def remove_member(*, strategy: JointStrategy, company: Company, by: Actor) -> JointStrategy:
    """A firm does not take part in a draft any more; its activities stay, without it."""
    strategy = held_draft(strategy, by)
    strategy.members.filter(company=company).delete()
    settle_signing(strategy, timezone.now(), company=company)
    return changed(strategy, by)


@transaction.atomic
def add_activity(
    *,
    strategy: JointStrategy,
    what: str,
    responsible: StrategyMember | None = None,
    due_date: date | None = None,
    by: Actor,
) -> StrategyActivity:
    """Say one thing more that the members of a draft do together, which of them sees to it, and until when."""
    strategy = held_draft(strategy, by)
    if strategy.activities.count() >= MOST_ACTIVITIES:
        raise BadInputError(_("A strategy has at most 20 activities."))
    activity = StrategyActivity(
        strategy=strategy, what=what.strip(), responsible=responsible, due_date=due_date
    )
    refuse_misfits(activity, exclude=["strategy", "responsible"])
    if responsible and responsible.strategy_id != strategy.pk:
        raise BadInputError(_("This company does not take part."))
    activity.save(force_insert=True)
    changed(strategy, by)
    return activity


@transaction.atomic
def remove_activity(*, activity: StrategyActivity, by: Actor) -> JointStrategy:
    """Take an activity out of a draft."""
    strategy = held_draft(activity.strategy, by)
    strategy.activities.filter(pk=activity.pk).delete()
    return changed(strategy, by)


@transaction.atomic
def ask_for_signatures(*, strategy: JointStrategy, by: Actor, now: datetime | None = None) -> JointStrategy:
    """Ask every firm that has not signed these words, and its broker; once for the same words, and again where the
    time to answer has ended. From now on they see the draft."""
    now = now or timezone.now()
    strategy = held_draft(strategy, by)
    current = words_hash(strategy)
    key, pairs = f"sign:{current[:16]}", introduced_pairs(strategy)
    for member in strategy.members.all():
        if has_signed(member, current):
            continue
        if is_away(member.company):
            strategy_clocks.go_on_without(member, strategy, now)
            continue
        again = f":again:{now.timestamp():.0f}" if member.lapsed_at else ""
        settle_signing(strategy, now, company=member.company, but="" if again else key)
        tell_members(notices.STRATEGY_TO_SIGN, strategy, [member], key + again, by)
        _wait_for(member, strategy, current, pairs, now)
    return strategy


def _wait_for(
    member: StrategyMember, strategy: JointStrategy, current: str, pairs: Pairs, now: datetime
) -> None:
    """Its clock starts with the first question about these words, and anew after an end without an answer; not while
    it waits for the names of others itself."""
    is_new = member.asked_hash != current or member.lapsed_at
    member.asked_at, member.asked_hash = member.asked_at or now, current
    if strategy_clocks.waits_for_others(member, strategy, pairs):
        member.lapsed_at = None
        strategy_clocks.stop(member)
    elif is_new or member.clock_started_at is None:
        strategy_clocks.start(member, now)
    member.save(update_fields=["asked_at", *strategy_clocks.FIELDS])


def _stop_who_waits(strategy: JointStrategy) -> None:
    """A firm that has let its name be read is not late while others, who came later, have not."""
    pairs = introduced_pairs(strategy)
    for member in strategy.members.all():
        if member.wakes_at and strategy_clocks.waits_for_others(member, strategy, pairs):
            strategy_clocks.stop(member)
            member.save(update_fields=strategy_clocks.FIELDS)


@transaction.atomic
def move_strategy(*, strategy: JointStrategy, by: Actor, now: datetime | None = None) -> JointStrategy:
    """Take a strategy to its next status: agreed, once firms of two countries have all signed; carried out; done."""
    now = now or timezone.now()
    strategy = held(strategy)
    require(can_lead_strategy(by, strategy))
    status = strategy_after(strategy.status)
    if status is None:
        raise WrongStateError(_("This strategy has ended."))
    if status == StrategyStatus.AGREED:
        if missing := what_is_missing(strategy):
            raise WrongStateError(missing)
        strategy.agreed_at = now
        settle_signing(strategy, now)
        tell_members(notices.STRATEGY_AGREED, strategy, strategy.members.all(), "agreed", by)
    if status == StrategyStatus.COMPLETED:
        strategy.completed_at = now
        settle_about(start=f"{strategy.public_id}:activity:", now=now)
    strategy.status = status
    strategy.version += 1
    strategy.save(update_fields=["status", "agreed_at", "completed_at", "version", "updated_at"])
    write_down(events.STRATEGY_MOVED, strategy, by)
    return strategy


@transaction.atomic
def give_up_strategy(*, strategy: JointStrategy, by: Actor, now: datetime | None = None) -> JointStrategy:
    """The lead lets a draft be; the firms that were asked are told."""
    strategy = held_draft(strategy, by)
    strategy.status = StrategyStatus.GIVEN_UP
    strategy.version += 1
    strategy.save(update_fields=["status", "version", "updated_at"])
    settle_signing(strategy, now or timezone.now())
    asked = [member for member in strategy.members.all() if member.asked_at]
    tell_members(notices.STRATEGY_GIVEN_UP, strategy, asked, "given_up", by)
    write_down(events.STRATEGY_MOVED, strategy, by)
    return strategy


@transaction.atomic
def finish_activity(
    *, activity: StrategyActivity, by: Actor, now: datetime | None = None
) -> StrategyActivity:
    """Note that an activity of an agreed strategy is done."""
    strategy = held(activity.strategy)
    require(can_lead_strategy(by, strategy))
    if strategy.status in {StrategyStatus.DRAFT, StrategyStatus.GIVEN_UP}:
        raise WrongStateError(_("First the strategy is agreed."))
    now = now or timezone.now()
    StrategyActivity.objects.filter(pk=activity.pk, done_at=None).update(done_at=now)
    settle(key=strategy_clocks.activity_key(activity, strategy), now=now)
    return StrategyActivity.objects.get(pk=activity.pk)


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in (*WORDS, "domain") if name in values}


def _add(strategy: JointStrategy, companies: Iterable[Company], by: Actor) -> None:
    """Add firms that the actor may ask; firms that take part already stay as they are."""
    there = set(strategy.members.values_list("company", flat=True))
    new = [company for company in companies if company.pk not in there]
    allowed = set(candidates(by).filter(pk__in=[one.pk for one in new]).values_list("pk", flat=True))
    if any(company.pk not in allowed for company in new):
        stranger = _("Only firms of your organisation and their partners can take part.")
        raise BadInputError(stranger, fields={"members": stranger})
    if len(there) + len(new) > MOST_MEMBERS:
        many = _("At most 20 firms can take part.")
        raise BadInputError(many, fields={"members": many})
    StrategyMember.objects.bulk_create(StrategyMember(strategy=strategy, company=one) for one in new)
