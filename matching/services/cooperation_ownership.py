"""What a broker who leaves hands over: talks of firms, and joint strategies."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation, Membership
from brokers.ownership import Owned
from matching import events
from matching.choices import StrategyStatus
from matching.cooperation_stages import OPEN_COOPERATIONS
from matching.models import Cooperation, JointStrategy
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.events.recording import record


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
    for cooperation in _cooperations(ended.user, ended.organisation).select_for_update(of=["self"]):
        cooperation.owner = ended.successor
        cooperation.save(update_fields=["owner", "updated_at"])
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


OWNED = [
    Owned(_("Open talks of two firms"), _cooperations, _hand_over_cooperations),
    Owned(_("Joint strategies that they lead"), _strategies, _hand_over_strategies),
]
