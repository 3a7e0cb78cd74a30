"""Writing down and telling what happens between two firms, to both of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.urls import reverse

from companies.models import Company
from matching import sides
from matching.handshake import Side
from matching.models import Cooperation
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.events.models import InboxItem
from tibs.events.notices import Notice
from tibs.events.recording import record
from tibs.events.services.inbox import Tiding, notify_all
from tibs.events.vocabulary import Event


def record_for_both(
    event: Event, cooperation: Cooperation, by: Actor, facts: Mapping[str, Any] | None = None
) -> None:
    """One line in the timeline of each of the two firms."""
    for company in sides.companies_of(cooperation):
        record(event, about=cooperation, by=by, company_id=company.public_id, facts=facts)


def tell(
    notice: Notice,
    cooperation: Cooperation,
    *,
    key: str,
    to: Iterable[User],
    by: Actor,
    url: str = "",
    values: Mapping[str, str | int] | None = None,
    side: Side | None = None,
) -> None:
    """Tell people of the two sides once for each `key`, except the one who did it (`by`). Without a `side` each hears
    it from where they stand."""
    notify_all(
        _tiding(
            notice, cooperation, key, person, side or sides.side_of(person, cooperation), url, values or {}
        )
        for person in to
        if person.public_id != by.id
    )


def tell_both(notice: Notice, cooperation: Cooperation, *, key: str, by: Actor) -> None:
    """Tell the brokers and the people of both firms."""
    tell_each({Side.SENDER: notice, Side.RECEIVER: notice}, cooperation, key=key, by=by)


def tell_each(said: Mapping[Side, Notice], cooperation: Cooperation, *, key: str, by: Actor) -> None:
    """The same where either side hears something else; who belongs to both hears the first."""
    people = sides.people_of_both(cooperation)
    notify_all(
        _tiding(notice, cooperation, key, person, side)
        for side, notice in said.items()
        for person in people[side]
        if person.public_id != by.id
    )


def _tiding(
    notice: Notice,
    cooperation: Cooperation,
    key: str,
    person: User,
    own: Side,
    url: str = "",
    values: Mapping[str, str | int] = MappingProxyType({}),
) -> Tiding:
    mine, theirs = (sides.company_of(cooperation, one) for one in (own, own.other))
    return Tiding(
        notice,
        to=person,
        url=url or reverse("cooperation", args=[cooperation.public_id]),
        key=f"{cooperation.public_id}:{key}",
        values={"company": mine.name, "partner": theirs.name, **values},
        company_id=mine.public_id,
    )


def settle_all(
    cooperation: Cooperation,
    now: datetime,
    *,
    key: str = "",
    company: Company | None = None,
    but: Iterable[str] = (),
) -> None:
    """What waited for anybody in a cooperation waits no longer, also for who belonged to it once; with a key, what
    begins with it; with a company, on its side alone; what begins with one of `but` still waits."""
    waiting = InboxItem.objects.filter(key__startswith=f"{cooperation.public_id}:{key}", done_at=None)
    for other in but:
        waiting = waiting.exclude(key__startswith=f"{cooperation.public_id}:{other}")
    if company:
        waiting = waiting.filter(company_id=company.public_id)
    waiting.update(done_at=now)
