"""Turns the cells of a CSV file into the typed fields of a row."""

import types
from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Protocol, get_args, get_type_hints

from django.utils.translation import gettext as _

from tibs.core.languages import LANGUAGE_CODES

ENGLISH = "en"


class Translated(dict[str, str]):
    """One text in several languages, by language code; languages without a text are left out."""


class Described(Protocol):
    """A dataclass that describes the rows of a file; `KEY` names the columns that tell its rows apart."""

    KEY: ClassVar[tuple[str, ...]]
    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True)
class Column:
    """One column of a file: the field it fills, how its cells are read, and its language if it has one."""

    name: str
    field: str
    parse: Callable[[str], Any]
    language: str = ""


def columns_of(row_type: type[Described]) -> list[Column]:
    hints = get_type_hints(row_type)
    return [column for field in fields(row_type) for column in _columns(field.name, hints[field.name])]


def build[Row: Described](row_type: type[Row], columns: list[Column], values: dict[str, Any]) -> Row:
    """The row made of the parsed cells, which are given by column name."""
    row: dict[str, Any] = {}
    for column in columns:
        value = values[column.name]
        if not column.language:
            row[column.field] = value
        elif value is not None:
            row.setdefault(column.field, Translated())[column.language] = value
    return row_type(**row)


def _columns(name: str, hint: Any) -> list[Column]:
    if hint is Translated:
        return [
            Column(f"{name}_{code}", name, _required(str) if code == ENGLISH else _optional(str), code)
            for code in LANGUAGE_CODES
        ]
    if isinstance(hint, types.UnionType):
        return [Column(name, name, _optional(get_args(hint)[0]))]
    return [Column(name, name, _words if hint == tuple[str, ...] else _required(hint))]


def _required(kind: type) -> Callable[[str], Any]:
    def parse(cell: str) -> Any:
        if not cell.strip():
            raise ValueError(_("the cell is empty"))
        return PARSERS[kind](cell.strip())

    return parse


def _optional(kind: type) -> Callable[[str], Any]:
    return lambda cell: PARSERS[kind](cell.strip()) if cell.strip() else None


def _words(cell: str) -> tuple[str, ...]:
    return tuple(_text(word.strip()) for word in cell.split(";") if word.strip())


def _text(cell: str) -> str:
    if not cell.isprintable():
        raise ValueError(_("the cell holds a character that cannot be printed"))
    return cell


def _whole_number(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 10):
        raise ValueError(_("“%(cell)s” is not a whole number") % {"cell": cell[:40]})
    return int(cell)


def _decimal(cell: str) -> Decimal:
    try:
        number = Decimal(cell)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(_("“%(cell)s” is not a number") % {"cell": cell[:40]})
    return number


def _yes_or_no(cell: str) -> bool:
    if cell not in {"yes", "no"}:
        raise ValueError(_("“%(cell)s” is neither yes nor no") % {"cell": cell[:40]})
    return cell == "yes"


PARSERS: dict[type, Callable[[str], Any]] = {
    str: _text,
    int: _whole_number,
    Decimal: _decimal,
    bool: _yes_or_no,
}
