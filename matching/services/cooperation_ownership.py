"""Talks and joint strategies in other hands: what follows an introduction or a firm, and what a broker who leaves hands
over."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation, Membership
from brokers.ownership import Owned
from companies.models import Company
from matching import events, sides
from matching.choices import CooperationStatus, StrategyStatus
from matching.cooperation_stages import OPEN_COOPERATIONS
from matching.handshake import Side
from matching.models import Cooperation, Introduction, JointStrategy
from matching.notices import cooperations as notices
from matching.services.cooperations import STEP, brokers_of, held_row, save, tell_step
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.events.models import InboxItem
from tibs.events.recording import record
from tibs.events.services.inbox import pass_on_all

# What waits for whoever serves a firm, beside the people of the firm.
OF_BROKER = (
    notices.FOLLOW_UP_DUE,
    notices.FOLLOW_UP_REMINDER,
    notices.FOLLOW_UP_SECOND_REMINDER,
    notices.STRATEGY_TO_SIGN,
    notices.STRATEGY_READABLE,
    notices.STRATEGY_REMINDER,
)
# What waits for the lead of a joint strategy.
OF_LEAD = (notices.STRATEGY_ACTIVITY_DUE, notices.STRATEGY_UNANSWERED, notices.STRATEGY_AWAY)


def follow_introduction(
    introduction: Introduction, side: Side, *, before: User, by: Actor, now: datetime
) -> None:
    """Whoever takes over one side of an introduction takes over its part in the talks: the step that was the broker's
    of `before`, whose clock begins anew, and what waited for that broker. The introduction is locked and saved."""
    row = (
        Cooperation.objects.filter(introduction=introduction)
        .exclude(status=CooperationStatus.NO_DEAL)
        .first()
    )
    if row is None:
        return
    cooperation = held_row(row)
    company, heir = sides.company_of(cooperation, side), sides.broker_of(cooperation, side)
    if cooperation.owner == before and before not in brokers_of(cooperation):
        _give(cooperation, heir, by, now)
        record(events.COOPERATION_HANDED_OVER, about=cooperation, by=by, company_id=company.public_id)
    waiting = InboxItem.objects.filter(user=before, company_id=company.public_id, waits=True, done_at=None)
    of_talks = waiting.filter(key__startswith=f"{cooperation.public_id}:")
    # That somebody is late waits for a coordinator, not for the broker who is.
    pass_on_all(items=of_talks.exclude(notice=notices.STEP_LATE.code), to=heir, now=now)


def follow_company(company: Company, by: Actor) -> None:
    """Rule: who takes a firm over is told what waits for its broker beside the talks."""
    if company.owner is None:
        return
    waiting = InboxItem.objects.filter(
        company_id=company.public_id, notice__in=[notice.code for notice in OF_BROKER], done_at=None
    )
    others = waiting.exclude(user=company.owner).exclude(user__contacts__company=company)
    pass_on_all(items=others, to=company.owner, now=timezone.now())


def _give(cooperation: Cooperation, heir: User, by: Actor, now: datetime) -> None:
    """Nobody is late with a step that changed hands: whoever has it now is told, and reminded, like anybody."""
    cooperation.owner = heir
    cooperation.step_reminded_at = cooperation.step_escalated_at = None
    save(cooperation, STEP)
    if cooperation.next_step:
        tell_step(cooperation, by, now)


def _cooperations(user: User, organisation: HostOrganisation) -> QuerySet[Cooperation]:
    hosted = Q(introduction__sender_company__host=organisation) | Q(
        introduction__receiver_company__host=organisation
    )
    return Cooperation.objects.filter(hosted, owner=user, status__in=OPEN_COOPERATIONS)


def _strategies(user: User, organisation: HostOrganisation) -> QuerySet[JointStrategy]:
    """Somebody who works for several organisations leads a strategy for those whose firms take part."""
    return JointStrategy.objects.filter(
        pk__in=JointStrategy.objects.filter(members__company__host=organisation).values("pk"), lead=user
    ).exclude(status__in=[StrategyStatus.COMPLETED, StrategyStatus.GIVEN_UP])


def _hand_over_cooperations(ended: Membership, by: Actor) -> None:
    if ended.successor is None:
        return
    for row in _cooperations(ended.user, ended.organisation).order_by("pk"):
        cooperation = held_row(row)
        _give(cooperation, ended.successor, by, timezone.now())
        _record(cooperation, by, ended)


def _record(cooperation: Cooperation, by: Actor, ended: Membership) -> None:
    introduction = cooperation.introduction
    for company in (introduction.sender_company, introduction.receiver_company):
        if company.host_id == ended.organisation_id:
            record(events.COOPERATION_HANDED_OVER, about=cooperation, by=by, company_id=company.public_id)


def _hand_over_strategies(ended: Membership, by: Actor) -> None:
    if ended.successor is None:
        return
    for strategy in _strategies(ended.user, ended.organisation).select_for_update(of=["self"]):
        strategy.lead = ended.successor
        strategy.save(update_fields=["lead", "updated_at"])
        record(events.STRATEGY_HANDED_OVER, about=strategy, by=by)
        waiting = InboxItem.objects.filter(
            user=ended.user,
            key__startswith=f"{strategy.public_id}:",
            notice__in=[notice.code for notice in OF_LEAD],
            done_at=None,
        )
        pass_on_all(items=waiting, to=ended.successor, now=timezone.now())


OWNED = [
    Owned(_("Open talks of two firms"), _cooperations, _hand_over_cooperations),
    Owned(_("Joint strategies that they lead"), _strategies, _hand_over_strategies),
]
