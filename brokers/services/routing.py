"""Finds the broker, or the coordinator, to whom a new firm is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from brokers import routing
from brokers.models import Broker, DefaultBroker, HostOrganisation, Membership
from brokers.ownership import loads_of
from brokers.routing import Candidate, Code, Lead, Ranked, Reason
from regions.models import Country, Region
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.core.errors import DomainError


class NoOrganisationError(DomainError):
    """No host organisation works in the network, so nobody can take a firm."""

    code = "no_organisation"


@dataclass(frozen=True)
class Route:
    """To whom a firm is proposed. `broker` is None where the `person` is the coordinator of the organisation, and
    `person` is None only where the organisation has nobody at all."""

    broker: Broker | None
    person: User | None
    organisation: HostOrganisation
    reasons: tuple[Reason, ...]

    @property
    def facts(self) -> list[dict[str, str | int]]:
        """The reasons as they are stored; `brokers.wording.reason_sentences` reads them."""
        return [reason.as_json() for reason in self.reasons]


def route(*, country: Country, region: Region | None, language: str, now: datetime) -> Route:
    """The best broker who fits, else the country's default broker, else the coordinator of a host organisation.

    Ties always fall the same way. Seven queries at most, however many brokers there are.
    """
    lead = Lead(country=country.code, region=region.code if region else "", language=language)
    brokers = {broker.pk: broker for broker in Broker.objects.serving(country).with_people()}
    ranked = routing.rank(lead, _candidates(list(brokers.values()), now))
    if ranked and ranked[0].fits:
        return _to_broker(brokers[ranked[0].id], ranked[0].reasons)
    default = DefaultBroker.objects.filter(country=country, broker__in=Broker.objects.in_service()).first()
    if default:
        return _to_default(default.broker_id, lead, brokers, ranked)
    if ranked and (best := _first_free(ranked, brokers, now)):
        return _to_broker(brokers[best.id], best.reasons)
    return _to_coordinator(lead)


def _candidates(brokers: Sequence[Broker], now: datetime) -> list[Candidate]:
    loads = loads_of(broker.membership.user_id for broker in brokers)
    return [
        Candidate(
            id=broker.pk,
            languages=frozenset(broker.languages),
            regions=frozenset(region.code for region in broker.regions.all())
            or frozenset({broker.membership.organisation.region_id}),
            load=loads.get(broker.membership.user_id, 0),
            capacity=broker.capacity,
            takes_leads=broker.takes_leads_on(now.date()),
        )
        for broker in brokers
    ]


def _first_free(ranked: Sequence[Ranked], brokers: dict[int, Broker], now: datetime) -> Ranked | None:
    """The best of those who take firms, full or far away as they may be."""
    return next((one for one in ranked if brokers[one.id].takes_leads_on(now.date())), None)


def _to_broker(broker: Broker, reasons: tuple[Reason, ...]) -> Route:
    membership = broker.membership
    return Route(broker, membership.user, membership.organisation, reasons)


def _to_default(pk: int, lead: Lead, brokers: dict[int, Broker], ranked: Sequence[Ranked]) -> Route:
    """The default broker, with the reasons of the ranking where it knew this one."""
    broker = brokers.get(pk) or Broker.objects.with_people().get(pk=pk)
    known = next((one.reasons for one in ranked if one.id == pk), ())
    return _to_broker(broker, (Reason(Code.DEFAULT_BROKER, (("country", lead.country),)), *known))


def _to_coordinator(lead: Lead) -> Route:
    """A coordinator of the nearest organisation that has one; without any, the nearest organisation alone."""
    hosts = list(HostOrganisation.objects.active().order_by("number"))
    if not hosts:
        raise NoOrganisationError("No host organisation is active.")
    hosts.sort(key=lambda host: (-routing.nearness(lead, {host.region_id}), host.number))
    coordinators = Membership.objects.in_force().filter(role=RoleCode.COORDINATOR, user__is_active=True)
    seats: dict[int, User] = {}
    for seat in coordinators.select_related("user").order_by("-pk"):
        seats[seat.organisation_id] = seat.user
    at_home = [host for host in hosts if host.country_id == lead.country] or hosts
    chosen = next((host for host in at_home if host.pk in seats), at_home[0])
    person = seats.get(chosen.pk)
    return Route(None, person, chosen, (Reason(Code.COORDINATOR if person else Code.NOBODY),))
