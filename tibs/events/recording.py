"""Recording that something happened: the audit record and what is owed for it, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import models, transaction
from django.utils import timezone

from tibs.accounts.actor import Actor
from tibs.events import dispatch
from tibs.events.hashing import detail_hash, new_salt
from tibs.events.models import AuditDetail, AuditRecord, Outbox
from tibs.events.vocabulary import Event

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Entry:
    """One thing that happened: `fields` are names of changed fields, `facts` codes and public ids; `personal` values
    go into an erasable detail."""

    event: Event
    about: models.Model
    company_id: str = ""
    fields: Iterable[str] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] = field(default_factory=dict)


def record(
    event: Event,
    *,
    about: models.Model,
    by: Actor,
    company_id: str = "",
    fields: Iterable[str] = (),
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> AuditRecord:
    """Write that `by` did `event` to `about`, run the rules wired to it, and owe the wired nudges.

    An error of a rule rolls the whole change back.
    """
    entry = Entry(event, about, company_id, fields, facts or {}, personal or {})
    return record_all([entry], by=by)[0]


@transaction.atomic
def record_all(entries: Sequence[Entry], *, by: Actor) -> list[AuditRecord]:
    """The same for several things at once, in as many queries as for one, beside those of the rules."""
    salts = [new_salt() for _entry in entries]
    written = AuditRecord.objects.bulk_create(
        [_row(entry, salt, by) for entry, salt in zip(entries, salts, strict=True)]
    )
    AuditDetail.objects.bulk_create(
        [
            AuditDetail(record=row, salt=salt, values=dict(entry.personal))
            for entry, salt, row in zip(entries, salts, written, strict=True)
            if entry.personal
        ]
    )
    for entry in entries:
        for rule in dispatch.rules_of(entry.event):
            rule(entry.about, by)
    owed = Outbox.objects.bulk_create(
        Outbox(record=row, consumer=dispatch.name_of(task), argument=entry.about.pk)
        for entry, row in zip(entries, written, strict=True)
        for task in dispatch.nudges_of(entry.event)
    )
    if owed:
        transaction.on_commit(lambda: dispatch.deliver_soon(owed), robust=True)
    return written


def _row(entry: Entry, salt: str, by: Actor) -> AuditRecord:
    about = entry.about
    return AuditRecord(
        at=timezone.now(),
        event=entry.event.code,
        actor_kind=by.kind,
        actor_id=by.id,
        subject_type=about._meta.label_lower,
        subject_id=getattr(about, "public_id", None) or str(about.pk),
        company_id=entry.company_id,
        fields=sorted(entry.fields),
        facts=dict(entry.facts),
        detail_hash=detail_hash(salt, entry.personal) if entry.personal else "",
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )
