"""Reads about the people of host organisations."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from brokers.models import Broker, HostOrganisation, Invitation, Membership, Training
from brokers.ownership import loads_of
from brokers.policies import can_administer
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.core.languages import language_name


@dataclass
class Member:
    """A person of an organisation with all roles there; `broker` where the person is one."""

    user: User
    organisation: HostOrganisation
    roles: list[str] = field(default_factory=list)
    broker: Broker | None = None
    load: int = 0
    has_expired_certificate: bool = False
    is_absent: bool = False

    @property
    def languages(self) -> list[str]:
        return [language_name(code) for code in self.broker.languages] if self.broker else []


def managed_by(actor: Actor) -> QuerySet[HostOrganisation]:
    """The organisations whose people the actor manages."""
    active = HostOrganisation.objects.active().select_related("country")
    return active if can_administer(actor) else active.filter(pk__in=actor.coordinates)


def with_numbers(organisations: QuerySet[HostOrganisation]) -> QuerySet[HostOrganisation]:
    """Each with `people` and `open_invitations`, by country and partner number."""
    people = Count("memberships__user", filter=Q(memberships__ended_at=None), distinct=True)
    invited = Count(
        "invitations", filter=Q(invitations__accepted_at=None, invitations__revoked_at=None), distinct=True
    )
    numbered = organisations.annotate(people=people, open_invitations=invited)
    return numbered.order_by("country__name", "number")


def members_of(organisations: QuerySet[HostOrganisation], today: date) -> list[Member]:
    """Everybody who works there, by organisation and name; six queries, however many they are."""
    seats = Membership.objects.in_force().filter(organisation__in=organisations, user__is_active=True)
    seats = seats.select_related("user", "organisation__country", "broker__deputy__membership__user")
    found: dict[tuple[int, int], Member] = {}
    for seat in seats.prefetch_related("broker__regions", "broker__domains").order_by(
        "organisation__country__name", "organisation__number", "user__name", "user_id", "role"
    ):
        member = found.setdefault(
            (seat.organisation_id, seat.user_id), Member(user=seat.user, organisation=seat.organisation)
        )
        member.roles.append(str(seat.get_role_display()))
        if seat.role == RoleCode.BROKER and hasattr(seat, "broker"):
            member.broker = seat.broker
            member.is_absent = seat.broker.is_absent_on(today)
    _count(list(found.values()), today)
    return list(found.values())


def _count(members: list[Member], today: date) -> None:
    loads = loads_of(member.user.pk for member in members)
    brokers = [member.broker.pk for member in members if member.broker]
    expired = set(
        Training.objects.filter(broker__in=brokers, valid_until__lt=today).values_list("broker", flat=True)
    )
    for member in members:
        member.load = loads.get(member.user.pk, 0)
        member.has_expired_certificate = bool(member.broker and member.broker.pk in expired)


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that was not answered; too old ones can be sent again."""

    invitation: Invitation
    is_too_old: bool


def open_invitations(organisation: HostOrganisation | None, now: datetime) -> list[OpenInvitation]:
    """Those of an organisation, or those to roles in the whole network; the newest first."""
    rows = Invitation.objects.open().filter(organisation=organisation).order_by("-created_at", "-pk")
    return [OpenInvitation(row, row.expires_at <= now) for row in rows]


def platform_people() -> QuerySet[User]:
    """People with a role in the whole network, by name."""
    return User.objects.exclude(platform_role="").filter(is_active=True).order_by("name", "pk")


def brokers_by_country() -> dict[str, list[Broker]]:
    """Brokers in service by the country of their organisation, by name."""
    found: dict[str, list[Broker]] = defaultdict(list)
    rows = Broker.objects.in_service().select_related("membership__user", "membership__organisation")
    for broker in rows.order_by("membership__user__name", "pk"):
        found[broker.membership.organisation.country_id].append(broker)
    return found
