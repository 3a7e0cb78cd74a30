"""Rows of the first sheet of an XLSX workbook as text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from companies.services.imports.problems import BadFileError
from companies.services.imports.raw_rows import RawRow
from companies.services.imports.workbook_scan import SheetFacts, scan

type Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True)
class Sheet:
    """A sheet that was chosen: its name, its rows, and how many of its cells hold formulas."""

    name: str
    formulas: int
    rows: Iterator[RawRow]


def open_sheet(path: Path, name: str = "") -> Sheet:
    """The sheet called `name`, or else the first visible one that is not empty."""
    facts = scan(path)
    try:
        with path.open("rb") as stream:
            workbook = CalamineWorkbook.from_filelike(stream)
        sheet = _choose(workbook, name)
    except CalamineError as error:
        raise BadFileError(_("The workbook cannot be read: %(error)s.") % {"error": error}) from error
    found = facts.get(sheet.name, SheetFacts())
    return Sheet(sheet.name, found.formulas, _rows(sheet, found))


def _choose(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    if name and name not in workbook.sheet_names:
        known = ", ".join(workbook.sheet_names)
        raise BadFileError(
            _("The workbook has no sheet “%(name)s”. Its sheets are: %(known)s.")
            % {"name": name, "known": known}
        )
    for meta in workbook.sheets_metadata:
        is_shown = meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible
        if meta.name == name or (not name and is_shown):
            sheet = workbook.get_sheet_by_name(meta.name)
            if sheet.end is not None:
                return sheet
    raise BadFileError(_("The workbook has no sheet with cells."))


def _rows(sheet: CalamineSheet, facts: SheetFacts) -> Iterator[RawRow]:
    """Rows are padded from the first row of the sheet, but not from its first column."""
    offset = sheet.start[1] if sheet.start else 0
    for line, cells in enumerate(sheet.iter_rows(), 1):
        texts = [_text(cell) for cell in cells]
        places = frozenset(column - offset - 1 for column in facts.uncomputed.get(line, ()))
        if any(texts) or places:
            yield RawRow(line, texts, uncomputed=places)


def _text(cell: Cell) -> str:
    """The cell as somebody would type it: whole numbers without a decimal point, dates as 2026-05-01."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
