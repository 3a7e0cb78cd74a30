"""Plain tables for the table component: the first cell of a row names it, numbers stand right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

type CellValue = str | int | float | Decimal | None


@dataclass(frozen=True)
class TableCell:
    """One value as it is shown, and whether it belongs to a column of numbers."""

    value: CellValue
    is_number: bool


@dataclass(frozen=True)
class Table:
    """What `components/table.html` draws."""

    caption: str
    columns: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]


def data_table(
    *, caption: str, columns: Sequence[str], rows: Iterable[Sequence[CellValue]], figures: bool = False
) -> Table:
    """Make a table; a column counts as numbers when every value in it is a number or missing.

    With `figures` all but the first one do: numbers that are written already, with sign or unit.
    """
    lines = [tuple(row) for row in rows]
    numeric = [
        (figures and index > 0) or _is_number_column([line[index] for line in lines])
        for index in range(len(columns))
    ]
    return Table(
        caption=caption,
        columns=_cells(columns, numeric),
        rows=tuple(_cells(line, numeric) for line in lines),
    )


def _cells(values: Sequence[CellValue], numeric: Sequence[bool]) -> tuple[TableCell, ...]:
    return tuple(
        TableCell(value=value, is_number=is_number) for value, is_number in zip(values, numeric, strict=True)
    )


def _is_number_column(values: Sequence[CellValue]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(value, int | float | Decimal) for value in known)
