"""What somebody answers for, whatever the app above that knows it: the page of wiring names each kind once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count as Aggregated
from django.db.models import QuerySet, Value
from django.utils.functional import Promise

from brokers.models import HostOrganisation, Membership
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.events.dispatch import wiring


@dataclass(frozen=True)
class Owned:
    """A kind of row that must not be left behind by somebody who leaves.

    `rows` finds those of a person in an organisation; `hand_over` gives them to the successor of an ended
    membership, or ends them where nobody can take them. Both run inside the transaction of the leaving.
    """

    name: Promise
    rows: Callable[[User, HostOrganisation], QuerySet[Any]]
    hand_over: Callable[[Membership, Actor], None]


@dataclass(frozen=True)
class Count:
    """So many rows of a kind."""

    name: str
    number: int


def kinds() -> list[Owned]:
    """Every kind, those of higher apps first."""
    return list(wiring().OWNED)


def counts_of(user: User, organisation: HostOrganisation) -> list[Count]:
    """What the person answers for there, kind by kind; one query for all of them."""
    named = [str(kind.name) for kind in kinds()]
    first, *rest = (
        kind.rows(user, organisation)
        .order_by()
        .annotate(owned_kind=Value(position))
        .values_list("owned_kind")
        .annotate(owned_rows=Aggregated("pk"))
        for position, kind in enumerate(kinds())
    )
    numbers = dict(first.union(*rest, all=True))
    return [Count(name, numbers.get(position, 0)) for position, name in enumerate(named)]


def loads_of(users: Iterable[int]) -> dict[int, int]:
    """How many firms each of these people serves now, by primary key; who serves none may be left out. One query."""
    loads: dict[int, int] = wiring().LOADS(set(users))
    return loads
