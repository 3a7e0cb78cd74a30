"""Rows of a CSV file, one at a time, with the lines on which they begin; a bad line costs only itself."""

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Self, TextIO

from django.utils.translation import gettext as _

from companies.services.imports.raw_rows import RawRow

LONGEST_LINE = 1_000_000
DELIMITERS = ",;\t|"


def csv_rows(path: Path, encoding: str) -> Iterator[RawRow]:
    """Every row that is not blank; the first is the heading. Rows that are not CSV carry a fault instead of cells."""
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    with path.open(encoding=encoding, errors=errors, newline="") as stream:
        lines = _Lines(stream)
        reader = csv.reader(lines, delimiter=_delimiter(lines), strict=True)
        while True:
            lines.begin_row()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield RawRow(lines.first, fault=_explain(str(error)))
                lines.go_back()
            except _TooLongError:
                yield RawRow(lines.first, fault=_("The line is longer than 1 MB. Is a line break missing?"))
                lines.go_back()
            else:
                if cells is None:
                    return
                if any(cells):
                    yield RawRow(lines.first, cells)


class _TooLongError(Exception):
    pass


class _Lines:
    """The lines of a stream, which remembers those of the row at hand.

    After a quotation mark that is never closed a row would swallow what follows: its lines after the first are
    then given out again.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.number = 0
        self.size = 0
        self.is_cut_in_line_end = False
        self.row: list[str | None] = []
        self.waiting: deque[str | None] = deque()

    @property
    def first(self) -> int:
        """The number of the line on which the row at hand begins."""
        return self.number - len(self.row) + 1

    def begin_row(self) -> None:
        self.row = []
        self.size = 0

    def go_back(self) -> None:
        self.waiting.extendleft(reversed(self.row[1:]))
        self.number -= len(self.row) - 1

    def peek(self) -> str:
        """The first line that is not blank, which is given out later all the same."""
        line = self._read()
        while line and not line.strip():
            self.waiting.append(line)
            line = self._read()
        self.waiting.append(line)
        return line or ""

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else self._read()
        if line == "":
            self.waiting.appendleft("")  # csv asks again for the rest of a row that the end cut off
            raise StopIteration
        self.number += 1
        self.row.append(line)
        self.size += len(line or "")
        if line is None or self.size > LONGEST_LINE:
            raise _TooLongError
        return line

    def _read(self) -> str | None:
        """The next line, None for one beyond the limit, which is passed over unread, "" at the end."""
        line = self.stream.readline(LONGEST_LINE)
        if line == "\n" and self.is_cut_in_line_end:
            line = self.stream.readline(LONGEST_LINE)
        is_whole = len(line) < LONGEST_LINE or line.endswith(("\n", "\r"))
        self.is_cut_in_line_end = len(line) == LONGEST_LINE and line.endswith("\r")
        if is_whole:
            return line
        while len(rest := self.stream.readline(LONGEST_LINE)) == LONGEST_LINE and not rest.endswith("\n"):
            pass
        return None


def _delimiter(lines: _Lines) -> str:
    """The likeliest delimiter: what stands most often in the heading outside quotation marks."""
    heading = "".join(lines.peek().split('"')[::2])
    return max(DELIMITERS, key=heading.count)


def _explain(error: str) -> str:
    if "field limit" in error or "unexpected end" in error:
        return _("A cell is longer than 100 kB, or its quotation mark is never closed.")
    return _("The row is not CSV: a quotation mark stands inside a cell without being doubled.")
