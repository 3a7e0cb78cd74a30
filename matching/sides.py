"""The two sides of a cooperation: which firm, which broker, and to which of them somebody belongs."""

from companies.models import Company, Contact
from companies.selectors import accounts_of
from matching.handshake import Side
from matching.models import Cooperation
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.permissions import Permission

# What every page and service of a cooperation reads with it.
RELATED = (
    "owner",
    "introduction__sender_company__country",
    "introduction__sender_company__host",
    "introduction__sender_company__owner",
    "introduction__receiver_company__country",
    "introduction__receiver_company__host",
    "introduction__receiver_company__owner",
    "introduction__sender_broker",
    "introduction__receiver_broker",
)


def company_of(cooperation: Cooperation, side: Side) -> Company:
    return cooperation.introduction.company_on(side)


def companies_of(cooperation: Cooperation) -> tuple[Company, Company]:
    return company_of(cooperation, Side.SENDER), company_of(cooperation, Side.RECEIVER)


def broker_of(cooperation: Cooperation, side: Side) -> User:
    return cooperation.introduction.broker_on(side)


def sides_of(actor: Actor, cooperation: Cooperation) -> list[Side]:
    """The sides for which somebody acts: people of the firm, and who works for the organisation that hosts it."""
    return [
        side
        for side in (Side.SENDER, Side.RECEIVER)
        if _belongs(actor, company_of(cooperation, side)) or actor.is_system
    ]


def people_of(cooperation: Cooperation, side: Side) -> list[User]:
    """The broker of a side and the people of its firm who can sign in."""
    return [broker_of(cooperation, side), *accounts_of(company_of(cooperation, side))]


def people_of_both(cooperation: Cooperation) -> dict[Side, list[User]]:
    """The same for both sides, in one query."""
    firms = companies_of(cooperation)
    contacts = Contact.objects.filter(company__in=firms, user__is_active=True).select_related("user")
    people = [
        (contact.company_id, contact.user) for contact in contacts.order_by("user", "pk") if contact.user
    ]
    return {
        side: [
            broker_of(cooperation, side),
            *dict.fromkeys(person for key, person in people if key == company_of(cooperation, side).pk),
        ]
        for side in (Side.SENDER, Side.RECEIVER)
    }


def side_of(person: User, cooperation: Cooperation) -> Side:
    """The side of a broker or of somebody of a firm."""
    receiver = company_of(cooperation, Side.RECEIVER)
    if person == broker_of(cooperation, Side.SENDER):
        return Side.SENDER
    is_receiver = person == broker_of(cooperation, Side.RECEIVER)
    if is_receiver or receiver.contacts.filter(user=person).exists():
        return Side.RECEIVER
    return Side.SENDER


def _belongs(actor: Actor, company: Company) -> bool:
    return company.pk in actor.companies or (
        actor.may(Permission.CHANGE_COMPANIES) and company.host_id in actor.organisations
    )
