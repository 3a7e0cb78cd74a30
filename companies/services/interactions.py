"""The contact log: talks, visits and letters, with their hours."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.models import Company, Interaction
from companies.services.checks import refuse_misfits
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.files import author, open_file
from companies.services.next_steps import Step, set_next_step
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError
from tibs.events.recording import record

FIELDS = ("at", "channel", "hours", "support", "language", "people", "content")
CLOCKS_DIFFER = timedelta(hours=1)


@transaction.atomic
def log_interaction(
    *, company: Company, values: Mapping[str, Any], by: Actor, then: Step | None = None
) -> Interaction:
    """Note a contact with a company (`values` by the names of FIELDS) and, in the same go, the next step.

    The clock of the first contact stops with it. BadInputError names the fields that do not fit.
    """
    company = open_file(company, by)
    entry = Interaction(company=company, made_by=author(by), **_known(values))
    _check(entry)
    entry.save(force_insert=True)
    if company.owner_id and company.answer_due_at:
        Company.objects.filter(pk=company.pk).update(answer_due_at=None)
    record(
        events.INTERACTION_LOGGED,
        about=entry,
        by=by,
        company_id=company.public_id,
        facts={"channel": entry.channel, "support": entry.support},
    )
    if then:
        set_next_step(company=company, step=then, by=by)
    return entry


@transaction.atomic
def change_interaction(
    *, entry: Interaction, values: Mapping[str, Any], version: int, by: Actor
) -> Interaction:
    """Correct an entry that nobody else changed since `version`; else ChangedMeanwhileError."""
    company = open_file(entry.company, by)
    entry = Interaction.objects.select_for_update(of=["self"]).get(pk=entry.pk, company=company)
    if entry.version != version:
        raise ChangedMeanwhileError(entry)
    given = _known(values)
    changed = sorted(name for name, value in given.items() if getattr(entry, name) != value)
    if not changed:
        return entry
    for name in changed:
        setattr(entry, name, given[name])
    _check(entry)
    entry.version += 1
    entry.save(update_fields=[*changed, "version", "updated_at"])
    record(events.INTERACTION_CHANGED, about=entry, by=by, company_id=company.public_id, fields=changed)
    return entry


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}


def _check(entry: Interaction) -> None:
    refuse_misfits(entry, exclude=["company", "made_by"])
    if entry.at > timezone.now() + CLOCKS_DIFFER:
        ahead = _("A contact that has not happened yet is a next step.")
        raise BadInputError(ahead, fields={"at": ahead})
