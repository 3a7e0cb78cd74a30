"""Reads `data_map.toml`: which column holds data on people, why, on what basis, and how long.

Export, erasure and the register of processing follow the map, so that a column which is marked there is exported
and erased without anybody thinking of it. A test fails for a column that is not in the map.
"""

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from modeltranslation.fields import TranslationField

SOURCE = Path(__file__).with_name("data_map.toml")


class Kind(StrEnum):
    """NONE is not about a person; PERSONAL is; RESTRICTED is a secret that guards one and is never exported."""

    NONE = "none"
    PERSONAL = "personal"
    RESTRICTED = "restricted"


class AtErasure(StrEnum):
    """What becomes of the rows of a firm: they stay, stay with blanked columns, or go."""

    KEEP = "keep"
    BLANK = "blank"
    DELETE = "delete"


@dataclass(frozen=True)
class Table:
    """One table of the map.

    `of_company`, `of_public_id`, `of_address` and `of_user` name the lookups by which a row belongs to a firm:
    by its key, by the public id of the firm or of something of it, by an address of its people, or by their
    account. A table without any of them holds nothing of a firm.
    """

    label: str
    about: str
    purpose: str
    basis: str
    kept: str
    at_erasure: AtErasure = AtErasure.KEEP
    exported: bool = True
    of_company: tuple[str, ...] = ()
    of_public_id: tuple[str, ...] = ()
    of_address: tuple[str, ...] = ()
    of_user: tuple[str, ...] = ()
    kinds: dict[str, Kind] = field(default_factory=dict, compare=False)

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def is_of_firms(self) -> bool:
        return bool(self.of_company or self.of_public_id or self.of_address or self.of_user)

    def columns(self, *kinds: Kind) -> list[str]:
        """The columns of these kinds, in the order of the model."""
        return [name for name in column_names(self.model) if self.kinds.get(name) in kinds]


def column_names(model: type[models.Model]) -> list[str]:
    """What the map must name of a model: its columns and many-to-many fields; a translated label counts once."""
    own = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return [column.name for column in own if not isinstance(column, TranslationField)]


@cache
def tables() -> dict[str, Table]:
    """Every table of the map by its label, in the order of the file."""
    return {label: _table(label, row) for label, row in tomllib.loads(SOURCE.read_text()).items()}


def verbose_name(table: Table, name: str) -> str:
    """What people call a column, in the reader's language."""
    column: Any = table.model._meta.get_field(name)
    return str(column.verbose_name)


def _table(label: str, row: dict[str, Any]) -> Table:
    def words(name: str) -> tuple[str, ...]:
        return tuple(row.get(name, "").split())

    return Table(
        label=label,
        about=row["about"],
        purpose=row["purpose"],
        basis=row["basis"],
        kept=row["kept"],
        at_erasure=AtErasure(row.get("at_erasure", AtErasure.KEEP)),
        exported=row.get("exported", True),
        of_company=words("of_company"),
        of_public_id=words("of_public_id"),
        of_address=words("of_address"),
        of_user=words("of_user"),
        kinds={name: kind for kind in Kind for name in words(kind)},
    )
