"""Clocks of joint strategies: firms that are asked to sign answer in working days of their country, and activities fall
due on their day."""

from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from companies.services.escalations import who_decides
from matching import events
from matching.choices import StrategyStatus
from matching.models import JointStrategy, StrategyActivity, StrategyMember
from matching.notices import cooperations as notices
from matching.policies import is_away
from matching.services.strategy_rows import held, settle_signing, tell_members, tell_person
from matching.strategy_names import Pairs, name_of, strangers_to
from regions.working_days import Times, deadline, times_of
from tibs.accounts.actor import Actor, system
from tibs.accounts.standing_in import falls_to
from tibs.core.sweeps import BATCH, take_each
from tibs.events.recording import record
from tibs.events.services.inbox import notify
from tibs.figures import COMPANY_DECIDES_DAYS

CLOCK = system("matching.clock")
FIELDS = ["asked_hash", "clock_started_at", "wakes_at", "reminded_at", "escalated_at", "lapsed_at"]
CARRIED_OUT = Q(strategy__status__in=[StrategyStatus.AGREED, StrategyStatus.IN_IMPLEMENTATION])


def start(member: StrategyMember, now: datetime) -> None:
    """A member is waited for from now on; the caller saves FIELDS."""
    member.clock_started_at = now
    member.reminded_at = member.escalated_at = member.lapsed_at = None
    member.wakes_at = times(member, now).remind_at


def stop(member: StrategyMember) -> None:
    """A member is not waited for any more; the caller saves FIELDS."""
    member.clock_started_at = member.wakes_at = None


def times(member: StrategyMember, started: datetime) -> Times:
    """When a member that is waited for since then is reminded, is late, and is waited for no longer."""
    return times_of(member.company.country, started, COMPANY_DECIDES_DAYS)


def waits_for_others(member: StrategyMember, strategy: JointStrategy, pairs: Pairs) -> bool:
    """Whether a member has let its own name be read, and cannot sign before the others do so too."""
    return member.named_at is not None and bool(strangers_to(member.company_id, strategy, pairs))


def follow_strategies(*, now: datetime) -> int:
    """Ring every clock whose time has come, once; how many rang. Many may do this at a time."""
    members = StrategyMember.objects.filter(wakes_at__lte=now, strategy__status=StrategyStatus.DRAFT)
    activities = due_activities(now).filter(reminded_at=None)
    return sum(
        len(take_each(list(keys[:BATCH]), partial(act, now=now), sweep="matching.strategies"))
        for keys, act in (
            (members.order_by("wakes_at", "pk").values_list("pk", flat=True), _ring),
            (activities.order_by("due_date", "pk").values_list("pk", flat=True), _remind_of_activity),
        )
    )


def due_activities(now: datetime) -> QuerySet[StrategyActivity]:
    """What is to be done by today in strategies that are agreed."""
    return StrategyActivity.objects.filter(CARRIED_OUT, done_at=None, due_date__lte=timezone.localdate(now))


def activities_due_for(actor: Actor, now: datetime) -> QuerySet[StrategyActivity]:
    """The same in strategies that the actor, or somebody for whom they stand in, leads."""
    return due_activities(now).filter(falls_to(actor, "strategy__lead"))


def _ring(key: int, now: datetime) -> bool:
    """Remind at half of the time, tell the coordinators at its end, and wait no longer at double time."""
    strategy = held(StrategyMember.objects.select_related("strategy").get(pk=key).strategy)
    member = next((one for one in strategy.members.all() if one.pk == key), None)
    started = member.clock_started_at if member else None
    if member is None or started is None or member.wakes_at is None or member.wakes_at > now:
        return False
    if is_away(member.company):
        go_on_without(member, strategy, now)
        return True
    if member.reminded_at is None:
        member.reminded_at, member.wakes_at = now, times(member, started).due_at
        word = f"sign:reminded:{started.timestamp():.0f}"
        tell_members(notices.STRATEGY_REMINDER, strategy, [member], word, CLOCK)
    elif member.escalated_at is None:
        # At least a working day after the coordinators were told, even if nobody looked for long.
        ends = max(times(member, started).return_at, deadline(member.company.country, now, 1))
        member.escalated_at, member.wakes_at = now, ends
        _escalate(strategy, member, started)
    else:
        _lapse(strategy, member, now)
    member.save(update_fields=FIELDS)
    return True


def _escalate(strategy: JointStrategy, member: StrategyMember, started: datetime) -> None:
    for person in who_decides(member.company):
        word = f"sign:late:{started.timestamp():.0f}"
        tell_person(notices.STRATEGY_LATE, strategy, person, member.company, word)


def _lapse(strategy: JointStrategy, member: StrategyMember, now: datetime) -> None:
    """The firm and its broker hear that nobody waits for them any more, and the lead that they can ask again."""
    member.lapsed_at = now
    stop(member)
    settle_signing(strategy, now, company=member.company)
    word = f"{now.timestamp():.0f}"
    lead = strategy.lead
    tell_members(notices.STRATEGY_LAPSED, strategy, [member], f"lapsed:{word}", CLOCK, but=lead)
    tell_person(notices.STRATEGY_UNANSWERED, strategy, lead, member.company, f"sign:unanswered:{word}")
    record(events.STRATEGY_LAPSED, about=strategy, by=CLOCK, company_id=member.company.public_id)


def go_on_without(member: StrategyMember, strategy: JointStrategy, now: datetime) -> None:
    """A firm that takes no part at present is not waited for, and the lead hears it; once it is back they ask again."""
    member.lapsed_at = now
    stop(member)
    member.save(update_fields=FIELDS)
    settle_signing(strategy, now, company=member.company)
    with translation.override(strategy.lead.language):
        # Of a firm that was erased nothing but the country is left.
        name = member.company.name or name_of(member, {member.company_id})
    key = f"sign:away:{now.timestamp():.0f}"
    tell_person(notices.STRATEGY_AWAY, strategy, strategy.lead, member.company, key, name=name)


def _remind_of_activity(key: int, now: datetime) -> bool:
    row = StrategyActivity.objects.select_related("strategy").get(pk=key)
    strategy = held(row.strategy)
    activity = due_activities(now).filter(pk=key, reminded_at=None).first()
    if activity is None:
        return False
    StrategyActivity.objects.filter(pk=key).update(reminded_at=now)
    notify(
        notices.STRATEGY_ACTIVITY_DUE,
        to=strategy.lead,
        url=reverse("strategy", args=[strategy.public_id]),
        key=activity_key(activity, strategy),
        values={"title": strategy.title, "what": activity.what},
    )
    return True


def activity_key(activity: StrategyActivity, strategy: JointStrategy) -> str:
    """Under which its lead is told that an activity is due."""
    return f"{strategy.public_id}:activity:{activity.pk}"
