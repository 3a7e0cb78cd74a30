"""Reads that join brokers with people and organisations."""

from collections import defaultdict
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from brokers.models import Broker, HostOrganisation
from brokers.routing import Lead, nearness
from regions.models import Country, Region
from tibs.core.languages import language_name


@dataclass(frozen=True)
class ListedBroker:
    """What the public may know of a broker: a name, working languages and domains in the reader's words."""

    id: int
    name: str
    languages: tuple[str, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True)
class ListedHost:
    """A host organisation of the directory and its brokers by name."""

    organisation: HostOrganisation
    brokers: tuple[ListedBroker, ...]

    @property
    def country_code(self) -> str:
        return self.organisation.country_id

    @property
    def website_name(self) -> str:
        """The address of the website as people say it: `kinno.fi`."""
        return urlsplit(self.organisation.website).netloc.removeprefix("www.")


def nearest(country: Country, region: Region | None) -> list[ListedHost]:
    """The hosts and brokers who serve a place best: those of its region, else of the nearest one, else of the country.

    How busy they are plays no part: that is for the routing of a firm, not for the public.
    """
    lead = Lead(country=country.code, region=region.code if region else "", language="")
    served: dict[int, float] = {
        broker.pk: nearness(lead, [one.code for one in broker.regions.all()] or [country.code])
        for broker in Broker.objects.serving(country).prefetch_related("regions")
    }
    best = max(served.values(), default=0.0)
    near = {pk for pk, value in served.items() if value == best}
    everybody = directory()
    hosts = [
        replace(host, brokers=tuple(broker for broker in host.brokers if broker.id in near))
        for host in everybody
    ]
    return [host for host in hosts if host.brokers] or [
        host for host in everybody if host.country_code == country.code
    ]


def directory() -> list[ListedHost]:
    """Active host organisations with their brokers, by country and partner number; three queries."""
    brokers = defaultdict(list)
    listed = Broker.objects.in_service().select_related("membership__user").prefetch_related("domains")
    for broker in listed.order_by("membership__user__name", "pk"):
        brokers[broker.membership.organisation_id].append(
            ListedBroker(
                id=broker.pk,
                name=broker.membership.user.name,
                languages=tuple(map(language_name, broker.languages)),
                domains=tuple(domain.name for domain in broker.domains.all()),
            )
        )
    hosts = HostOrganisation.objects.active().select_related("country", "region")
    return [
        ListedHost(organisation=host, brokers=tuple(brokers[host.pk]))
        for host in hosts.order_by("country__name", "number")
    ]
