"""What an audit record says beyond the sentence of its event, in words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext

from companies import events
from companies.choices import Decision, Purpose, Stage
from companies.models import Company, Contact
from companies.screening_criteria import REASONS
from tibs.accounts.actor import Kind
from tibs.accounts.models import User
from tibs.events.models import AuditDetail, AuditRecord

type People = Mapping[str, User]


def people_of(records: Iterable[AuditRecord]) -> dict[str, User]:
    """The people whom the records name, by public id; one query, none if they name nobody."""
    ids = set()
    for record in records:
        ids |= {record.actor_id} if record.actor_kind == Kind.PERSON else set()
        ids |= {str(record.facts[name]) for name in ("owner", "to") if record.facts.get(name)}
    ids = {name for name in ids if name.startswith("usr_")}
    return User.objects.in_bulk(list(ids), field_name="public_id") if ids else {}


def detail_of(record: AuditRecord, people: People, *, is_inside: bool) -> str:
    """More about a record; values of the erasable detail for readers of the working notes (`is_inside`) only."""
    tell = TELL.get(record.event)
    values = _values(record) if is_inside else {}
    return tell(record, people, values) if tell else ""


def _values(record: AuditRecord) -> dict[str, Any]:
    try:
        return dict(record.detail.values)
    except AuditDetail.DoesNotExist:
        return {}


def _purpose(record: AuditRecord, _people: People, _values: dict[str, Any]) -> str:
    purpose = record.facts.get("purpose")
    return str(Purpose(purpose).label) if purpose in Purpose.values else ""


def _stages(record: AuditRecord, _people: People, values: dict[str, Any]) -> str:
    labels = dict(Stage.choices)
    ways = " → ".join(str(labels.get(record.facts.get(end), "")) for end in ("from", "to"))
    return " · ".join(filter(None, [ways, str(values.get("reason", ""))]))


def _successor(record: AuditRecord, people: People, values: dict[str, Any]) -> str:
    person = people.get(str(record.facts.get("to")))
    name = gettext("to %(name)s") % {"name": person.name} if person else ""
    return " · ".join(filter(None, [name, str(values.get("note", ""))]))


def _screening(record: AuditRecord, _people: People, values: dict[str, Any]) -> str:
    decision = dict(Decision.choices).get(record.facts.get("decision"), "")
    reason = REASONS.get(str(record.facts.get("reason")))
    return " · ".join(str(part) for part in (decision, reason.label if reason else "") if part)


def _step(record: AuditRecord, _people: People, values: dict[str, Any]) -> str:
    due = parse_date(str(record.facts.get("due", "")))
    until = gettext("until %(day)s") % {"day": date_format(due)} if due else ""
    return " · ".join(filter(None, [str(values.get("what", "")), until]))


def _fields(model: type[Company] | type[Contact]) -> Callable[..., str]:
    def named(record: AuditRecord, _people: People, _values: dict[str, Any]) -> str:
        return ", ".join(filter(None, (_label(model, name) for name in record.fields)))

    return named


def _label(model: type[Company] | type[Contact], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", ""))
    except FieldDoesNotExist:
        return ""


TELL: dict[str, Callable[[AuditRecord, People, dict[str, Any]], str]] = {
    events.CONSENT_GIVEN.code: _purpose,
    events.CONSENT_WITHDRAWN.code: _purpose,
    events.STAGE_CHANGED.code: _stages,
    events.COMPANY_HANDED_OVER.code: _successor,
    events.SCREENED.code: _screening,
    events.NEXT_STEP_SET.code: _step,
    events.NEXT_STEP_DONE.code: _step,
    events.COMPANY_CHANGED.code: _fields(Company),
    events.CONTACT_CHANGED.code: _fields(Contact),
}
