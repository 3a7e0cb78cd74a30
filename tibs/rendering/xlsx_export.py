"""XLSX files of tables, in which nothing that somebody typed is a formula or a link."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from tibs.rendering.csv_export import CsvValue

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31


@dataclass(frozen=True)
class Sheet:
    """One table of a file: its title, the names of its columns, and its rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[CsvValue]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file with a sheet for each table; its title stands in the first cell, since a tab holds 31 letters only."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(_name(number, sheet.title))
            page.write_string(0, 0, sheet.title, bold)
            page.write_row(2, 0, sheet.columns, bold)
            for line, row in enumerate(sheet.rows, start=3):
                page.write_row(line, 0, ["" if value is None else value for value in row])
            page.set_column(0, 0, 36)
            page.freeze_panes(3, 1)
    return target.getvalue()


def _name(number: int, title: str) -> str:
    plain = "".join(letter for letter in title if letter not in "[]:*?/\\'")
    return f"{number} {plain}"[:LONGEST_NAME].strip()
