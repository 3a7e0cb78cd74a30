"""All data of a firm to take along (Articles 15 and 20 GDPR), by the data map: for machines and for people."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from companies import events
from companies.belonging import Belonging, belonging_of
from companies.data_map import Kind, Table, tables
from companies.models import Company
from companies.policies import can_take_all_data, require
from tibs.accounts.actor import Actor
from tibs.events.recording import record
from tibs.rendering.pdf import compile_pdf

# Columns that tell a reader nothing which another one does not say.
FOR_MACHINES = frozenset({"id", "search_text", "name_key", "version", "company", "record"})


@dataclass(frozen=True)
class Export:
    """Every row of a firm, table by table; a row has its columns with their values as the models hold them."""

    company: Company
    made_at: datetime
    rows: dict[Table, list[dict[str, Any]]]

    def as_json(self) -> bytes:
        """One object: `company`, `made_at`, and `data` with a list of rows for each table."""
        content = {
            "company": self.company.public_id,
            "made_at": self.made_at.isoformat(),
            "data": {table.label: rows for table, rows in self.rows.items()},
        }
        return json.dumps(content, ensure_ascii=False, indent=1, default=_plain).encode()


@transaction.atomic
def export_of(*, company: Company, by: Actor, now: datetime | None = None) -> Export:
    """Collect everything that the platform holds of a firm and of its people's accounts, secrets left out."""
    require(can_take_all_data(by, company))
    belonging = belonging_of(company)
    rows = {
        table: found
        for table in tables().values()
        if table.exported and (found := list(_rows(table, belonging)))
    }
    record(events.DATA_EXPORTED, about=company, by=by, company_id=company.public_id)
    return Export(company, now or timezone.now(), rows)


def export_pdf(export: Export, language: str) -> bytes:
    """The export as a tagged PDF with headings, in the reader's language."""
    with override(language):
        return compile_pdf("document", readable(export, language))


def readable(export: Export, language: str) -> dict[str, Any]:
    """The export as the parts of a document, in the language that is active."""
    title = gettext("All data of %(company)s in TIBS") % {"company": export.company.name}
    headers = [gettext("What"), gettext("Value")]
    return {
        "title": title,
        "footer": title,
        "language": language,
        "intro": [gettext("Made on %(day)s.") % {"day": _shown(export.made_at)}],
        "sections": [
            {"heading": heading, "table": {"headers": headers, "rows": entry}}
            for table, rows in export.rows.items()
            for heading, entry in _entries(table, rows)
        ],
    }


def _rows(table: Table, belonging: Belonging) -> Iterable[dict[str, Any]]:
    names = table.columns(Kind.NONE, Kind.PERSONAL)
    columns = [table.model._meta.get_field(name) for name in names]
    followed = [column.name for column in columns if isinstance(column, models.ForeignKey)]
    rows = belonging.rows(table).order_by("pk")
    for row in rows.select_related(*followed) if followed else rows:
        yield {column.name: _value(row, column) for column in columns}


def _value(row: models.Model, column: Any) -> Any:
    value = getattr(row, column.name)
    if isinstance(column, models.ManyToManyField):
        return [str(one) for one in value.all()]
    return str(value) if isinstance(value, models.Model) else value


def _entries(table: Table, rows: list[dict[str, Any]]) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Each row under a heading of its own."""
    things = capfirst(str(table.model._meta.verbose_name_plural))
    for number, row in enumerate(rows, 1):
        where = {"things": things, "number": number, "count": len(rows)}
        heading = gettext("%(things)s: %(number)d of %(count)d") % where if len(rows) > 1 else things
        yield heading, _entry(table, row)


def _entry(table: Table, row: dict[str, Any]) -> list[tuple[str, str]]:
    """The names and values of one row for a person; what is empty is left out."""
    entry = []
    for name, value in row.items():
        column: Any = table.model._meta.get_field(name)
        text = _shown(_label(column, value))
        if text and name not in FOR_MACHINES:
            entry.append((capfirst(str(column.verbose_name)), text))
    return entry


def _label(column: Any, value: Any) -> Any:
    """The words for a code; every other value as it is."""
    inner = getattr(column, "base_field", column)
    labels = {code: str(label) for code, label in inner.flatchoices}
    if isinstance(value, list):
        return [labels.get(one, one) for one in value]
    return labels.get(value, value) if isinstance(value, str) else value


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_shown(part)}" for name, part in value.items())
    return "" if value is None else str(value)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
