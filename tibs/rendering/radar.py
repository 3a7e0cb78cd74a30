"""A radar of up to two series over numbered axes: the numbers lead to the table beside it, in every language."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.formats import number_format
from django.utils.translation import gettext as _

CENTER = 150.0
REACH = 120.0
NAMES_AT = 137.0
RINGS = 4
HIGHEST = 100.0


@dataclass(frozen=True)
class Series:
    """One line of the radar. `values` run from 0 to 100 in the order of the axes, None where nothing is known."""

    label: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Point:
    """A place in units of the drawing."""

    x: float
    y: float


@dataclass(frozen=True)
class Spoke:
    """An axis: its number, where the line ends, and where the number stands."""

    number: int
    label: str
    end: Point
    name_at: Point


@dataclass(frozen=True)
class Line:
    """A series as drawn: the corners as text for SVG, and a dot for each known value.

    `kind` is "first" or "second"; the second is dashed with square dots, so that colour is not needed.
    """

    label: str
    kind: str
    corners: str
    dots: tuple[Point, ...]


@dataclass(frozen=True)
class TableRow:
    """One axis in the table beside the drawing, with the value of each series as readers write numbers."""

    number: int
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Radar:
    """Everything that the template draws, its table, and one sentence that says what it shows."""

    spokes: tuple[Spoke, ...]
    rings: tuple[str, ...]
    lines: tuple[Line, ...]
    rows: tuple[TableRow, ...]
    headers: tuple[str, ...]
    finding: str
    center: float = CENTER
    side: float = 2 * CENTER


def radar(axes: Sequence[str], series: Sequence[Series], *, finding: str = "") -> Radar:
    """Draw one or two series over at least three axes; without a `finding`, the highest value is named."""
    spokes = tuple(
        Spoke(number, label, _at(number - 1, len(axes), REACH), _at(number - 1, len(axes), NAMES_AT))
        for number, label in enumerate(axes, 1)
    )
    return Radar(
        spokes=spokes,
        rings=tuple(_ring(len(axes), REACH * ring / RINGS) for ring in range(1, RINGS + 1)),
        lines=tuple(_line(one, kind) for one, kind in zip(series, ("first", "second"), strict=False)),
        rows=tuple(
            TableRow(number, label, tuple(_written(one.values[number - 1]) for one in series))
            for number, label in enumerate(axes, 1)
        ),
        headers=tuple(one.label for one in series),
        finding=finding or _finding(axes, series),
    )


def _at(place: int, count: int, distance: float) -> Point:
    """A point on the axis `place` of `count`, the first straight up, the others clockwise."""
    angle = 2 * pi * place / count - pi / 2
    return Point(round(CENTER + distance * cos(angle), 1), round(CENTER + distance * sin(angle), 1))


def _ring(count: int, distance: float) -> str:
    return _corners([_at(place, count, distance) for place in range(count)])


def _line(series: Series, kind: str) -> Line:
    dots = tuple(
        _at(place, len(series.values), REACH * min(max(value, 0.0), HIGHEST) / HIGHEST)
        for place, value in enumerate(series.values)
        if value is not None
    )
    return Line(series.label, kind, _corners(dots), dots)


def _corners(points: Sequence[Point]) -> str:
    return " ".join(f"{point.x:g},{point.y:g}" for point in points)


def _written(value: float | None) -> str:
    return "–" if value is None else number_format(round(value, 1), decimal_pos=1)


def _finding(axes: Sequence[str], series: Sequence[Series]) -> str:
    known = [
        (value, -place) for one in series[:1] for place, value in enumerate(one.values) if value is not None
    ]
    if not known:
        return _("There is nothing to show yet.")
    value, place = max(known)
    return _("The highest value: %(name)s, %(value)s of 100.") % {
        "name": axes[-place],
        "value": _written(value),
    }
