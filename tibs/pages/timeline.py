"""What happened to a company, as sentences."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from companies.choices import Purpose
from companies.models import Company
from tibs.accounts.actor import Actor, Kind
from tibs.accounts.models import User
from tibs.events.models import AuditRecord
from tibs.events.vocabulary import Audience, Event

NEWEST = 30


@dataclass(frozen=True)
class Entry:
    """One thing that happened: when, what, to what it applied, and who did it."""

    at: datetime
    sentence: str
    detail: str
    who: str


def timeline_of(company: Company, reader: Actor) -> list[Entry]:
    """The newest things first; what only staff may read is left out for everybody else."""
    records = [
        record
        for record in AuditRecord.objects.filter(company_id=company.public_id).order_by("-id")[:NEWEST]
        if _may_read(record, reader)
    ]
    ids = {record.actor_id for record in records if record.actor_kind == Kind.PERSON}
    people = User.objects.in_bulk(list(ids), field_name="public_id")
    return [
        Entry(record.at, str(Event.known[record.event].sentence), _detail(record), _who(record, people))
        for record in records
    ]


def _may_read(record: AuditRecord, reader: Actor) -> bool:
    event = Event.known.get(record.event)
    return event is not None and (event.audience == Audience.OWNERS or reader.sees_whole_network)


def _detail(record: AuditRecord) -> str:
    purpose = record.facts.get("purpose")
    return str(Purpose(purpose).label) if purpose in Purpose.values else ""


def _who(record: AuditRecord, people: dict[str, User]) -> str:
    if record.actor_kind == Kind.PERSON:
        person = people.get(record.actor_id)
        return person.name if person else gettext("A person who left")
    return "TIBS"
