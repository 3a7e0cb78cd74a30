"""A heat matrix, mostly of countries by countries, with totals and a sentence that names the busiest pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from tibs.rendering.classes import Scale, quantile_scale

type Figures = Mapping[tuple[str, str], int | None]
type Sums = Mapping[tuple[str | None, str | None], int | None]

ADDED_UP: Sums = MappingProxyType({})


@dataclass(frozen=True)
class Axis:
    """One country, or one of what else is counted, on an edge of the matrix."""

    code: str
    label: str


@dataclass(frozen=True)
class Cell:
    """One row and one column; `level` shades it from 0 (nothing) to 4 (most), None marks a withheld figure."""

    row: Axis
    column: Axis
    value: int | None
    level: int


@dataclass(frozen=True)
class Row:
    """One line of the matrix with its sum; None marks a withheld one."""

    axis: Axis
    cells: tuple[Cell, ...]
    total: int | None


@dataclass(frozen=True)
class Matrix:
    """The matrix as it is drawn, the sums of its columns, and its finding."""

    columns: tuple[Axis, ...]
    rows: tuple[Row, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    scale: Scale
    finding: str


def heat_matrix(
    axes: Sequence[Axis], counts: Figures, sums: Sums = ADDED_UP, *, columns: Sequence[Axis] = ()
) -> Matrix:
    """Build the matrix of `counts`, keyed by (row code, column code), with the same axes on both edges or `columns`.

    A pair that is absent counts 0; None stands for a figure that is withheld, and adds nothing. Where things
    stand in several cells, `sums` gives what adding up would not: (row code, None), (None, column code) and
    (None, None).
    """
    scale = quantile_scale(counts.values())
    across = tuple(columns or axes)
    rows = tuple(_row(axis, across, counts, sums, scale) for axis in axes)
    column_sums = [sum(row.cells[index].value or 0 for row in rows) for index in range(len(across))]
    total = sums.get((None, None), sum(column_sums))
    return Matrix(
        columns=across,
        rows=rows,
        column_totals=tuple(
            sums.get((None, axis.code), column_sum)
            for axis, column_sum in zip(across, column_sums, strict=True)
        ),
        total=total,
        scale=scale,
        finding=_finding(rows, total),
    )


def busiest(rows: Sequence[Row]) -> Cell | None:
    """The cell with the highest figure, the first of several; None where nothing is counted."""
    cells = [cell for row in rows for cell in row.cells if cell.value]
    return max(cells, key=lambda cell: cell.value or 0, default=None)


def _row(axis: Axis, columns: Sequence[Axis], counts: Figures, sums: Sums, scale: Scale) -> Row:
    values = [counts.get((axis.code, column.code), 0) for column in columns]
    return Row(
        axis=axis,
        cells=tuple(
            Cell(row=axis, column=column, value=value, level=scale.level(value))
            for column, value in zip(columns, values, strict=True)
        ),
        total=sums.get((axis.code, None), sum(value or 0 for value in values)),
    )


def _finding(rows: Sequence[Row], total: int | None) -> str:
    most = busiest(rows)
    if most is None:
        return _("There is nothing to count yet.")
    return _("The most are between %(first)s and %(second)s: %(count)s of %(total)s.") % {
        "first": most.row.label,
        "second": most.column.label,
        "count": most.value,
        "total": total,
    }
