"""Brokers say what they can do, whom they take, and when they are away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brokers import events
from brokers.models import Broker
from brokers.policies import can_change_broker
from regions.models import Region, S3Domain
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.core.languages import LANGUAGE_CODES
from tibs.events.recording import record

MOST_COMPANIES = 500


@dataclass(frozen=True)
class BrokerProfile:
    """All that a broker, or the coordinator, may change; both days of an absence count as away."""

    languages: Sequence[str]
    regions: Iterable[Region]
    domains: Iterable[S3Domain]
    capacity: int
    accepts_leads: bool
    phone: str
    deputy: Broker | None
    absent_from: date | None
    absent_until: date | None


@transaction.atomic
def change_broker(*, broker: Broker, profile: BrokerProfile, by: Actor) -> Broker:
    """Write the whole profile. BadInputError names the fields that do not fit."""
    if not can_change_broker(by, broker):
        raise NotAllowedError(_("Only the broker and the coordinator change this profile."))
    regions, domains = list(profile.regions), list(profile.domains)
    _refuse_misfits(broker, profile, regions)
    before = {name: getattr(broker, name) for name in PLAIN}
    for name in PLAIN:
        setattr(broker, name, getattr(profile, name))
    broker.languages = list(profile.languages)
    broker.save()
    changed = [name for name in PLAIN if getattr(broker, name) != before[name]]
    broker.regions.set(regions)
    broker.domains.set(domains)
    record(
        events.BROKER_CHANGED,
        about=broker,
        by=by,
        fields=changed,
        facts={"user": broker.membership.user.public_id},
    )
    return broker


PLAIN = (
    "languages",
    "capacity",
    "accepts_leads",
    "phone",
    "deputy",
    "absent_from",
    "absent_until",
)


def _refuse_misfits(broker: Broker, profile: BrokerProfile, regions: list[Region]) -> None:
    fields: dict[str, str | Promise] = {}
    if not profile.languages or set(profile.languages) - set(LANGUAGE_CODES):
        fields["languages"] = _("A broker works in at least one of the eight languages.")
    if not regions:
        fields["regions"] = _("A broker serves at least one region.")
    if not 0 <= profile.capacity <= MOST_COMPANIES:
        fields["capacity"] = _("Give a number from 0 to 500.")
    if profile.deputy and not _can_deputise(profile.deputy, broker):
        fields["deputy"] = _("Choose another broker of the same organisation.")
    if (profile.absent_from is None) != (profile.absent_until is None):
        fields["absent_until"] = _("Give the first and the last day, or neither.")
    elif profile.absent_from and profile.absent_until and profile.absent_until < profile.absent_from:
        fields["absent_until"] = _("The last day comes before the first.")
    if fields:
        raise BadInputError(_("Some answers cannot be used."), fields=fields)


def _can_deputise(deputy: Broker, broker: Broker) -> bool:
    return (
        deputy.pk != broker.pk
        and deputy.membership.organisation_id == broker.membership.organisation_id
        and Broker.objects.in_service().filter(pk=deputy.pk).exists()
    )
