"""Looks through a workbook before it is loaded: its true size, and which cells hold formulas.

A workbook is a zip of XML. A few kilobytes can unfold to gigabytes, or name a cell at the far end of the sheet, so
that the loader would fill the memory; both are refused here, while reading in small pieces.
"""

import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.services.imports.problems import BadFileError

CHUNK = 1 << 18
MOST_BYTES = 1_000_000_000
MOST_CELLS = 5_000_000
MOST_PARTS = 1_000
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass
class SheetFacts:
    """The far corner of a sheet, counted from 1, and its formulas; `uncomputed` has no value beside the formula."""

    rows: int = 0
    columns: int = 0
    formulas: int = 0
    uncomputed: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def scan(path: Path) -> dict[str, SheetFacts]:
    """The facts of each sheet by its name."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _scan(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        NotImplementedError,
        EOFError,
        OSError,
    ) as error:
        raise BadFileError(_("The file is not a workbook, or it is damaged.")) from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise BadFileError(_("The workbook is protected by a password. Save it without one.")) from error


def _scan(archive: zipfile.ZipFile) -> dict[str, SheetFacts]:
    parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
    if WORKBOOK not in archive.namelist():
        raise BadFileError(_("The file is a zip archive, but not an XLSX workbook."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
        raise BadFileError(_too_large())
    scanners = {part.filename: _Scanner() for part in parts}
    for part in parts:
        scanner = scanners[part.filename]
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                scanner.parser.Parse(chunk)
        scanner.parser.Parse(b"", True)
    targets = scanners[RELATIONS].targets if RELATIONS in scanners else {}
    places = {name: targets.get(key, "") for name, key in scanners[WORKBOOK].sheets.items()}
    return {name: scanners[place].facts for name, place in places.items() if place in scanners}


class _Scanner:
    """Counts cells, and notes which part holds which sheet, while the XML passes by."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.sheets: dict[str, str] = {}
        self.targets: dict[str, str] = {}
        self.row = self.column = 0
        self.has_formula = self.has_value = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = _refuse_doctype

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self.row, self.column = _number(attributes.get("r", "")) or self.row + 1, 0
            case "c":
                self._place(attributes.get("r", ""))
            case "f":
                self.has_formula = True
                self.facts.formulas += 1
            case "v":
                self.has_value = True
            case "sheet":
                self.sheets[attributes.get("name", "")] = attributes.get("r:id", "")
            case "Relationship":
                target = attributes.get("Target", "")
                self.targets[attributes.get("Id", "")] = target[1:] if target[:1] == "/" else f"xl/{target}"

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "c":
            if self.has_formula and not self.has_value:
                self.facts.uncomputed[self.row].add(self.column)
            self.has_formula = self.has_value = False

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        self.column = _column(letters) if letters else self.column + 1
        self.row = _number(reference[len(letters) :]) or self.row
        facts = self.facts
        facts.rows, facts.columns = max(facts.rows, self.row), max(facts.columns, self.column)
        if facts.rows * facts.columns > MOST_CELLS:
            raise BadFileError(_too_large())


def _refuse_doctype(*_arguments: object) -> None:
    raise BadFileError(_("The workbook holds declarations that no spreadsheet program writes."))


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 0


def _column(letters: str) -> int:
    """The number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _too_large() -> str:
    return ngettext(
        "The workbook is too large: more than %(count)d cell. Save it as CSV.",
        "The workbook is too large: more than %(count)d cells. Save it as CSV.",
        MOST_CELLS,
    ) % {"count": MOST_CELLS}
