"""Opens a file of companies, whatever its kind: CSV in several encodings, or an XLSX workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.services.imports.csv_rows import csv_rows
from companies.services.imports.encodings import examine, is_damaged
from companies.services.imports.problems import BadFileError
from companies.services.imports.raw_rows import RawRow
from companies.services.imports.workbook_rows import open_sheet

ZIP = b"PK\x03\x04"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
OTHER_KINDS = (b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"7z\xbc\xaf")
MOST_COLUMNS = 1000


@dataclass(frozen=True)
class Table:
    """The heading of a file, its rows one at a time, the SHA-256 of its bytes, and what its owner should know."""

    heading: Sequence[str]
    rows: Iterator[RawRow]
    sha256: str
    notes: tuple[str, ...]


def open_table(path: Path, *, encoding: str = "", sheet: str = "") -> Table:
    """Find out what the file is and read its heading; BadFileError says why it cannot be read."""
    content = examine(path, encoding)
    notes: tuple[str, ...] = ()
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(ZIP):
        chosen = open_sheet(path, sheet)
        rows, notes = chosen.rows, _workbook_notes(chosen.name, chosen.formulas)
    else:
        _refuse_other_kinds(path, start)
        rows = csv_rows(path, content.encoding)
        if content.is_guess:
            notes = (_("The file is not UTF-8; it was read as cp1252. --encoding says otherwise."),)
    return Table(_heading(next(rows, None)), rows, content.sha256, notes)


def _workbook_notes(sheet: str, formulas: int) -> tuple[str, ...]:
    notes = [_("The sheet “%(name)s” was read.") % {"name": sheet}]
    if formulas:
        sentence = ngettext(
            "%(count)d cell holds a formula; the value that was last computed was read.",
            "%(count)d cells hold formulas; the values that were last computed were read.",
            formulas,
        )
        notes.append(sentence % {"count": formulas})
    return tuple(notes)


def _refuse_other_kinds(path: Path, start: bytes) -> None:
    if start == OLD_OFFICE:
        raise BadFileError(
            _("The workbook is protected by a password or of the old kind (.xls). Save it as plain .xlsx.")
        )
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        raise BadFileError(_("The file is not a workbook, whatever its name says."))
    if start.startswith(OTHER_KINDS):
        raise BadFileError(_("The file is neither CSV nor XLSX."))


def _heading(row: RawRow | None) -> list[str]:
    if row is None:
        raise BadFileError(_("The file has no rows."))
    if row.fault:
        raise BadFileError(_("The heading cannot be read. %(fault)s") % {"fault": row.fault})
    heading = [" ".join(cell.split()) for cell in row.cells]
    while heading and not heading[-1]:
        heading.pop()
    if any(is_damaged(name) or "\0" in name for name in heading):
        raise BadFileError(
            _("The heading is not text in an encoding that was recognised. --encoding names it.")
        )
    if len(heading) > MOST_COLUMNS:
        raise BadFileError(_("The heading has more than %(most)d columns.") % {"most": MOST_COLUMNS})
    return heading
