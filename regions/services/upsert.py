"""Brings a table to the state of a list of rows: by key, in bulk, without deleting anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

type Values = Mapping[str, Any]


@dataclass(frozen=True)
class TableReport:
    """What became of the rows of one table, which is named in words."""

    table: str
    created: int
    updated: int
    deactivated: int
    unchanged: int


def upsert(
    model: type[models.Model], *, key: Sequence[str], rows: Sequence[Values], exchanged: Sequence[str] = ()
) -> TableReport:
    """Creates and updates rows of a model that has an `active` column, and deactivates those not given.

    Rows map column names to values and all have the same columns; `key` names the columns that tell them
    apart. `exchanged` names unique columns whose values rows may swap: they are emptied before writing.
    """
    # A plain query set: that of a translated model would write the column of the active language only.
    table: models.QuerySet[Any] = models.QuerySet(model)
    columns = list(rows[0]) if rows else [*key, "active"]
    stored = {_key(key, row): row for row in table.values(*columns)}
    wanted = {_key(key, row): row for row in rows}
    created = [row for k, row in wanted.items() if k not in stored]
    updated = [row for k, row in wanted.items() if k in stored and stored[k] != row]
    gone = [row for k, row in stored.items() if k not in wanted and row["active"]]
    _change(table, key, gone, {"active": False})
    if exchanged:
        _change(table, key, updated, dict.fromkeys(exchanged))
    table.bulk_create([model(**row) for row in created], batch_size=1000)
    table.bulk_create(
        [model(**row) for row in updated],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=key,
        update_fields=[name for name in columns if name not in key],
    )
    return TableReport(
        table=str(model._meta.verbose_name_plural),
        created=len(created),
        updated=len(updated),
        deactivated=len(gone),
        unchanged=len(wanted) - len(created) - len(updated),
    )


def _key(key: Sequence[str], row: Values) -> tuple[Any, ...]:
    return tuple(row[name] for name in key)


def _change(table: models.QuerySet[Any], key: Sequence[str], rows: Sequence[Values], values: Values) -> None:
    chosen = models.Q()
    for row in rows:
        chosen |= models.Q(**{name: row[name] for name in key})
    if rows:
        table.filter(chosen).update(**values)
