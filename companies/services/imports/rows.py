"""Turns the cells of a row into values of a company and its public facts, or says everything that is wrong."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from companies.choices import CompanyKind, SizeClass
from companies.identity import normalised_register_number
from companies.models.profile_text import LONGEST_SIDE
from companies.services.imports.encodings import is_damaged
from companies.services.imports.known import Known
from companies.services.imports.mapping import Mapping
from companies.services.imports.problems import Problem
from companies.services.imports.raw_rows import RawRow
from companies.size import size_class
from tibs.core.languages import LANGUAGE_CODES

LONGEST = {
    "external_id": 100, "name": 200, "city": 100, "website": 300, "register_number": 40,
    "offered": LONGEST_SIDE, "sought": LONGEST_SIDE,
}  # fmt: skip
# Characters that no spreadsheet cell shows; line breaks within texts stay.
INVISIBLE = re.compile(r"[\x01-\x08\x0b-\x1f\x7f]")
SME_SIZES = {SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM}


@dataclass(frozen=True)
class ImportRow:
    """A good row. `company` and `text` hold values by model field, and only those that the file has columns for."""

    line: int
    external_id: str
    country: str
    company: dict[str, Any]
    text: dict[str, str]


@dataclass(frozen=True)
class BadRow:
    """A row that was not understood, with everything that is wrong with it."""

    line: int
    problems: tuple[Problem, ...]


@dataclass
class RowReader:
    """Reads the rows of one file."""

    mapping: Mapping
    known: Known
    width: int
    problems: list[Problem] = field(default_factory=list, init=False)

    def read(self, rows: Iterator[RawRow]) -> Iterator[ImportRow | BadRow]:
        for raw in rows:
            self.problems = []
            row = self._row(raw)
            if row is None or self.problems:
                yield BadRow(raw.line, tuple(self.problems))
            else:
                yield row

    def _row(self, raw: RawRow) -> ImportRow | None:
        if raw.fault or len(raw.cells) < self.width or any(raw.cells[self.width :]):
            reason = _("The row has %(found)d cells, the heading has %(expected)d.")
            counts = {"found": len(raw.cells), "expected": self.width}
            self.problems.append(Problem(raw.line, "", raw.fault or reason % counts))
            return None
        cells = {name: self._cell(raw, name, place) for name, place in self.mapping.places.items()}
        company = {
            "name": cells["name"],
            "country_id": self._value(raw, cells, "country", self.known.country),
        }
        if "city" in cells:
            company["city"] = cells["city"]
        if "register_number" in cells:
            company["register_number"] = normalised_register_number(
                company["country_id"] or "", cells["register_number"]
            )
        if "website" in cells:
            company["website"] = self._value(raw, cells, "website", website)
        if "nace" in cells:
            company["nace_id"] = self._value(raw, cells, "nace", self.known.nace)
        if "postcode" in cells:
            company["region_id"] = self.known.region(company["country_id"] or "", cells["postcode"])
        company |= self._size_and_kind(raw, cells)
        text: dict[str, str] = {name: cells[name] for name in ("offered", "sought") if name in cells}
        if not any(text.values()):
            self._report(raw, next(iter(text)), _("The text is empty."))
        text["language"] = self._value(raw, cells, "language", language) or self.mapping.language
        return ImportRow(raw.line, cells["external_id"], company["country_id"] or "", company, text)

    def _size_and_kind(self, raw: RawRow, cells: dict[str, str]) -> dict[str, Any]:
        """A company is an SME only where the file says so, by its kind or by its size; otherwise it is OTHER."""
        values: dict[str, Any] = {}
        if "employees" in cells:
            values["size_class"] = size_class(self._value(raw, cells, "employees", whole_number))
        if "size" in cells and not values.get("size_class"):
            values["size_class"] = self._value(raw, cells, "size", one_of(SizeClass)) or SizeClass.UNKNOWN
        kind = self._value(raw, cells, "kind", one_of(CompanyKind))
        if kind or values:
            is_sme = values.get("size_class") in SME_SIZES
            values["kind"] = kind or (CompanyKind.SME if is_sme else CompanyKind.OTHER)
        return values

    def _cell(self, raw: RawRow, name: str, place: int) -> str:
        cell = raw.cells[place]
        if place in raw.uncomputed:
            self._report(raw, name, _("The formula in this cell was never computed."))
        if is_damaged(cell):
            self._report(raw, name, _("The text is damaged: bytes do not fit the encoding of the file."))
        if "\0" in cell:
            self._report(raw, name, _("The cell holds a NUL character."))
        text = INVISIBLE.sub(" ", cell).strip()
        if name not in {"offered", "sought"}:
            text = " ".join(text.split())
        if name in {"external_id", "name", "country"} and not text:
            self._report(raw, name, _("The cell is empty."))
        if len(text) > LONGEST.get(name, LONGEST_SIDE):
            reason = _("The text has %(found)d characters; %(most)d fit.")
            self._report(raw, name, reason % {"found": len(text), "most": LONGEST.get(name, LONGEST_SIDE)})
        return text

    def _value(self, raw: RawRow, cells: dict[str, str], name: str, parse: Callable[[str], Any]) -> Any:
        """The parsed cell; None where it is empty, has no column, or is wrong."""
        if not cells.get(name):
            return "" if name == "website" else None
        try:
            return parse(cells[name])
        except ValueError as error:
            self._report(raw, name, str(error))
            return None

    def _report(self, raw: RawRow, name: str, reason: str) -> None:
        self.problems.append(Problem(raw.line, self.mapping.columns[name], reason))


def website(cell: str) -> str:
    """A web address; `http://` is put in front where the cell leaves it out."""
    address = cell if "://" in cell else f"http://{cell}"
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "") or " " in address:
        raise ValueError(_("“%(cell)s” is not a web address.") % {"cell": cell[:60]})
    return address


def language(cell: str) -> str:
    if cell.lower() not in LANGUAGE_CODES:
        raise ValueError(
            _("“%(cell)s” is not one of the languages %(known)s.")
            % {"cell": cell[:20], "known": ", ".join(LANGUAGE_CODES)}
        )
    return cell.lower()


def whole_number(cell: str) -> int:
    digits = re.sub(r"[\s\u00a0]", "", cell)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        raise ValueError(_("“%(cell)s” is not a whole number.") % {"cell": cell[:20]})
    return int(digits)


def one_of[Choice: (type[SizeClass], type[CompanyKind])](choices: Choice) -> Callable[[str], Any]:
    def parse(cell: str) -> Any:
        if cell.upper() not in choices.values:
            known = ", ".join(value for value in choices.values if value)
            raise ValueError(_("“%(cell)s” is not one of %(known)s.") % {"cell": cell[:20], "known": known})
        return choices(cell.upper())

    return parse
