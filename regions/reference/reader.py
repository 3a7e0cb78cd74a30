"""Reads CSV files of reference data into typed rows and collects what is wrong with them.

A frozen dataclass describes a file: one field a column. Fields of type `X | None` may be empty,
`tuple[str, ...]` holds words between semicolons, `bool` is written yes or no, and `Translated` stands for one
column a language, such as `name_en` and `name_pl`, of which English must be filled. The dataclass may refuse a
row in `__post_init__` by a ValueError with a sentence for people.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regions.reference.columns import Described, build, columns_of
from tibs.core.errors import BadInputError


@dataclass(frozen=True)
class Line[Row]:
    """A row and the line of the file in which it ends."""

    number: int
    row: Row


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, and where. Line 1 is the heading; line 0 concerns the file as a whole."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class BadReferenceDataError(BadInputError):
    """Reference data that cannot be loaded; `problems` lists everything that was found wrong."""

    code = "bad_reference_data"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__(
            ngettext(
                "The reference data have %(count)d problem. Nothing was loaded.",
                "The reference data have %(count)d problems. Nothing was loaded.",
                len(problems),
            )
            % {"count": len(problems)}
        )


def read_table[Row: Described](path: Path, row_type: type[Row], problems: list[Problem]) -> list[Line[Row]]:
    """The good rows of a file; what is wrong with the others is added to `problems`."""
    return _TableReader(path, row_type, problems).lines()


class _TableReader[Row: Described]:
    def __init__(self, path: Path, row_type: type[Row], problems: list[Problem]) -> None:
        self.path = path
        self.row_type = row_type
        self.problems = problems
        self.columns = columns_of(row_type)

    def lines(self) -> list[Line[Row]]:
        text = self._text()
        if text is None:
            return []
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        first_lines: dict[tuple[Any, ...], int] = {}
        lines = []
        try:
            heading = next(reader, [])
            if not self._is_heading(heading):
                return []
            for cells in reader:
                row = self._row(reader.line_num, heading, cells)
                if row is not None and self._is_new(reader.line_num, row, first_lines):
                    lines.append(Line(reader.line_num, row))
        except csv.Error as error:
            self._report(reader.line_num, _("The line is not CSV: %(error)s.") % {"error": error})
        return lines

    def _report(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.path.name, line, reason))

    def _text(self) -> str | None:
        try:
            content = self.path.read_bytes()
        except OSError:
            self._report(0, _("The file cannot be opened."))
            return None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._report(content[: error.start].count(b"\n") + 1, _("The line is not UTF-8 text."))
            return None

    def _is_heading(self, heading: list[str]) -> bool:
        if not heading:
            self._report(1, _("The file has no heading."))
            return False
        names = [column.name for column in self.columns]
        missing = [name for name in names if name not in heading]
        unknown = [name for name in heading if name not in names]
        if missing:
            self._report(1, _("Columns are missing: %(names)s.") % {"names": ", ".join(missing)})
        if unknown:
            self._report(1, _("Columns are unknown: %(names)s.") % {"names": ", ".join(unknown)})
        if len(set(heading)) < len(heading):
            self._report(1, _("A column is there twice."))
        return sorted(heading) == sorted(names)

    def _row(self, line: int, heading: list[str], cells: list[str]) -> Row | None:
        if len(cells) != len(heading):
            self._report(
                line,
                _("The row has %(found)d cells instead of %(expected)d.")
                % {"found": len(cells), "expected": len(heading)},
            )
            return None
        by_name = dict(zip(heading, cells, strict=True))
        values = {}
        for column in self.columns:
            try:
                values[column.name] = column.parse(by_name[column.name])
            except ValueError as error:
                self._report(line, f"{column.name}: {error}")
        return self._built(line, values) if len(values) == len(self.columns) else None

    def _built(self, line: int, values: dict[str, Any]) -> Row | None:
        try:
            return build(self.row_type, self.columns, values)
        except ValueError as error:
            self._report(line, str(error))
            return None

    def _is_new(self, line: int, row: Row, first_lines: dict[tuple[Any, ...], int]) -> bool:
        key = tuple(getattr(row, name) for name in self.row_type.KEY)
        first = first_lines.setdefault(key, line)
        if first != line:
            self._report(line, _("The row repeats line %(line)d.") % {"line": first})
        return first == line
