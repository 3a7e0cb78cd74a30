"""Recording that something happened: the audit record and what is owed for it, in one transaction."""

from collections.abc import Iterable, Mapping
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


@transaction.atomic
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

    `fields` are names of changed fields, `facts` codes and public ids; `personal` values go into an erasable
    detail. An error of a rule rolls the whole change back.
    """
    salt = new_salt()
    written = AuditRecord.objects.create(
        at=timezone.now(),
        event=event.code,
        actor_kind=by.kind,
        actor_id=by.id,
        subject_type=about._meta.label_lower,
        subject_id=getattr(about, "public_id", None) or str(about.pk),
        company_id=company_id,
        fields=sorted(fields),
        facts=dict(facts or {}),
        detail_hash=detail_hash(salt, personal) if personal else "",
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )
    if personal:
        AuditDetail.objects.create(record=written, salt=salt, values=dict(personal))
    for rule in dispatch.rules_of(event):
        rule(about, by)
    owed = Outbox.objects.bulk_create(
        Outbox(record=written, consumer=dispatch.name_of(task), argument=about.pk)
        for task in dispatch.nudges_of(event)
    )
    if owed:
        transaction.on_commit(lambda: dispatch.deliver_soon(owed), robust=True)
    return written
