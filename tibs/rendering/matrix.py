"""A heat matrix of countries by countries, with totals and a sentence that names the busiest pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tibs.rendering.classes import Scale, quantile_scale


@dataclass(frozen=True)
class Axis:
    """One country on an edge of the matrix."""

    code: str
    label: str


@dataclass(frozen=True)
class Cell:
    """One pair of countries; `level` shades it from 0 (nothing) to 4 (most), None marks a withheld figure."""

    row: Axis
    column: Axis
    value: int | None
    level: int


@dataclass(frozen=True)
class Row:
    """One line of the matrix with the sum of what is shown in it."""

    axis: Axis
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True)
class Matrix:
    """The matrix as it is drawn, the sums of its columns, and its finding."""

    columns: tuple[Axis, ...]
    rows: tuple[Row, ...]
    column_totals: tuple[int, ...]
    total: int
    scale: Scale
    finding: str


def heat_matrix(axes: Sequence[Axis], counts: Mapping[tuple[str, str], int | None]) -> Matrix:
    """Build the matrix of `counts`, keyed by (row code, column code).

    A pair that is absent counts 0; None stands for a figure that is withheld, and adds nothing.
    """
    scale = quantile_scale(counts.values())
    rows = tuple(_row(axis, axes, counts, scale) for axis in axes)
    column_totals = tuple(sum(row.cells[index].value or 0 for row in rows) for index in range(len(axes)))
    total = sum(column_totals)
    return Matrix(
        columns=tuple(axes),
        rows=rows,
        column_totals=column_totals,
        total=total,
        scale=scale,
        finding=_finding(rows, total),
    )


def _row(
    axis: Axis, columns: Sequence[Axis], counts: Mapping[tuple[str, str], int | None], scale: Scale
) -> Row:
    values = [counts.get((axis.code, column.code), 0) for column in columns]
    return Row(
        axis=axis,
        cells=tuple(
            Cell(row=axis, column=column, value=value, level=scale.level(value))
            for column, value in zip(columns, values, strict=True)
        ),
        total=sum(value or 0 for value in values),
    )


def _finding(rows: Sequence[Row], total: int) -> str:
    cells = [cell for row in rows for cell in row.cells if cell.value]
    if not cells:
        return _("There is nothing to count yet.")
    most = max(cells, key=lambda cell: cell.value or 0)
    return _("The most are between %(first)s and %(second)s: %(count)s of %(total)s.") % {
        "first": most.row.label,
        "second": most.column.label,
        "count": most.value,
        "total": total,
    }
