"""Reads that join brokers with people and organisations."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from brokers.models import Broker, HostOrganisation
from tibs.core.languages import language_name


@dataclass(frozen=True)
class ListedBroker:
    """What the public may know of a broker: a name, working languages and domains in the reader's words."""

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


def directory() -> list[ListedHost]:
    """Active host organisations with their brokers, by country and partner number; three queries."""
    brokers = defaultdict(list)
    listed = Broker.objects.in_service().select_related("membership__user").prefetch_related("domains")
    for broker in listed.order_by("membership__user__name", "pk"):
        brokers[broker.membership.organisation_id].append(
            ListedBroker(
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
