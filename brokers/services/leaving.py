"""Somebody leaves a host organisation: everything that the person answers for gets a new owner, or nobody leaves."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from brokers import events
from brokers.models import Broker, DefaultBroker, HostOrganisation, Membership
from brokers.ownership import Owned, counts_of, kinds
from brokers.policies import can_manage_members
from tibs.accounts.actor import Actor, actor_of
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, DomainError, NotAllowedError, WrongStateError
from tibs.entrance.services.sessions import end_sessions
from tibs.events.recording import record


class LeftBehindError(DomainError):
    """Somebody cannot leave while rows would be left without an owner."""

    code = "left_behind"


@transaction.atomic
def release(
    *, user: User, organisation: HostOrganisation, successor: User | None, by: Actor, now: datetime
) -> list[Membership]:
    """End what somebody is in an organisation and hand everything over to a colleague, or change nothing.

    `successor` may be None only where nothing is owned. The person is signed out everywhere; an account without any
    role left is closed.
    """
    if not can_manage_members(by, organisation):
        raise NotAllowedError(_("Only a coordinator or an administrator lets people leave."))
    if by.id == user.public_id:
        raise NotAllowedError(_("Somebody else must do this: you cannot remove yourself."))
    people = _held(user, successor)
    hold_seats((person, organisation) for person in (user, successor) if person)
    ended = list(_seats(people[user.pk], organisation))
    if not ended:
        raise WrongStateError(_("This person does not work there any more."))
    if successor and not _seats(successor, organisation).exists():
        reason = _("Choose somebody who works for the same organisation.")
        raise BadInputError(reason, fields={"successor": reason})
    for membership in ended:
        membership.ended_at, membership.successor = now, successor
        membership.save(update_fields=["ended_at", "successor", "updated_at"])
    for membership in ended:
        record(events.BROKER_DEACTIVATED, about=membership, by=by, facts=_facts(membership))
    _close(people[user.pk])
    end_sessions(user=user, by=by)
    return ended


def hand_everything_over(ended: Membership, by: Actor) -> None:
    """Rule: every kind of owned row goes to the successor, those of higher apps first."""
    for kind in kinds():
        kind.hand_over(ended, by)


def refuse_to_leave_rows_behind(ended: Membership, by: Actor) -> None:
    """Rule: the leaving is undone as long as one row of any kind still belongs to who leaves."""
    left = [count for count in counts_of(ended.user, ended.organisation) if count.number]
    if not left:
        return
    sentence = ngettext(
        "One thing would be left without an owner (%(what)s). Choose who takes over.",
        "%(number)d things would be left without an owner (%(what)s). Choose who takes over.",
        sum(count.number for count in left),
    )
    facts = {"number": sum(count.number for count in left), "what": ", ".join(c.name for c in left)}
    raise LeftBehindError(sentence % facts, fields={"successor": sentence % facts})


def proposed_successor(user: User, organisation: HostOrganisation) -> User | None:
    """The deputy while that one works there, else nobody."""
    brokers = Broker.objects.in_service().select_related("membership__user")
    deputy = brokers.filter(
        deputy_of__membership__user=user,
        deputy_of__membership__organisation=organisation,
        membership__organisation=organisation,
    ).first()
    return deputy.membership.user if deputy else None


def colleagues(user: User, organisation: HostOrganisation) -> QuerySet[User]:
    """Who could take over, by name."""
    seats = Membership.objects.in_force().filter(organisation=organisation)
    people = User.objects.filter(is_active=True, pk__in=seats.values("user_id"))
    return people.exclude(pk=user.pk).order_by("name", "pk")


def hold_seat(*, user: User, organisation: HostOrganisation) -> None:
    """Make sure that the person works there until this transaction ends; NotAllowedError if not.

    Whatever gives a row to somebody calls it, so that nothing is given to a person who leaves at that moment, and
    before it locks anything else: who leaves locks the own seat first, and then what is handed over.
    """
    if not hold_seats([(user, organisation)]):
        raise NotAllowedError(_("This person does not work there any more."))


def hold_seats(people: Iterable[tuple[User, HostOrganisation]]) -> bool:
    """The same for several, locked in one order; whether all of them work there."""
    wanted = {(user.pk, organisation.pk) for user, organisation in people}
    if not wanted:
        return True
    theirs = reduce(or_, (Q(user=user, organisation=organisation) for user, organisation in wanted), Q())
    rows = Membership.objects.select_for_update(of=("self",)).filter(theirs, ended_at=None).order_by("pk")
    return wanted == {(row.user_id, row.organisation_id) for row in rows}


def _held(user: User, successor: User | None) -> dict[int, User]:
    """Both people, locked in the order of their keys, so that two who leave to each other do not both succeed."""
    keys = [person.pk for person in (user, successor) if person]
    locked = User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {person.pk: person for person in locked}


def _seats(user: User, organisation: HostOrganisation) -> QuerySet[Membership]:
    seats = Membership.objects.select_for_update(of=("self",)).select_related("user", "organisation")
    return seats.filter(user=user, organisation=organisation, ended_at=None).order_by("pk")


def _close(user: User) -> None:
    """Close the account of somebody who is nothing else in TIBS."""
    actor = actor_of(user)
    if not actor.roles and not actor.companies:
        user.is_active = False
        user.save(update_fields=["is_active", "updated_at"])


def _facts(membership: Membership) -> dict[str, str]:
    return {
        "user": membership.user.public_id,
        "organisation": membership.organisation.public_id,
        "role": membership.role,
        "successor": membership.successor.public_id if membership.successor else "",
    }


def _defaults(user: User, organisation: HostOrganisation) -> QuerySet[DefaultBroker]:
    return DefaultBroker.objects.filter(
        broker__membership__user=user, broker__membership__organisation=organisation
    )


def _deputised(user: User, organisation: HostOrganisation) -> QuerySet[Broker]:
    return Broker.objects.filter(
        membership__ended_at=None,
        deputy__membership__user=user,
        deputy__membership__organisation=organisation,
    )


def _broker_who_takes_over(ended: Membership) -> Broker | None:
    brokers = Broker.objects.in_service()
    return brokers.filter(
        membership__user=ended.successor, membership__organisation=ended.organisation
    ).first()


def _hand_over_defaults(ended: Membership, by: Actor) -> None:
    """Where the successor is no broker, the country is without a default: its coordinator gets those firms."""
    rows = _defaults(ended.user, ended.organisation)
    if heir := _broker_who_takes_over(ended):
        rows.update(broker=heir)
    else:
        rows.delete()


def _hand_over_deputising(ended: Membership, by: Actor) -> None:
    """Nobody becomes their own deputy."""
    heir = _broker_who_takes_over(ended)
    rows = _deputised(ended.user, ended.organisation)
    if heir:
        rows.filter(pk=heir.pk).update(deputy=None)
    rows.update(deputy=heir)


OWNED = [
    Owned(_("Countries as default broker"), _defaults, _hand_over_defaults),
    Owned(_("Colleagues as their deputy"), _deputised, _hand_over_deputising),
]
