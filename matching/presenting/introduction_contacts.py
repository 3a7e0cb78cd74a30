"""The two brokers on the page of contact data, beside the people of the firms."""

from dataclasses import dataclass

from brokers.models import Broker
from matching.handshake import Side
from matching.models import Introduction
from tibs.accounts.actor import Actor


@dataclass(frozen=True)
class BrokerLine:
    """Whom to write to in an organisation; what the network knows of its brokers."""

    name: str
    organisation: str
    website: str
    email: str
    phone: str


def brokers_across(introduction: Introduction, actor: Actor) -> list[BrokerLine]:
    """The brokers of both sides, the reader left out. For who may read the contact data of the introduction."""
    people = {side: introduction.broker_on(side) for side in Side}
    seats = Broker.objects.in_service().filter(membership__user__in=people.values())
    phones = dict(seats.order_by("pk").values_list("membership__user", "phone"))
    lines = []
    for side, person in people.items():
        host = introduction.company_on(side).host
        phone = phones.get(person.pk, "")
        if person.public_id != actor.id:
            lines.append(BrokerLine(person.name, host.name, host.website, person.email, phone))
    return lines
