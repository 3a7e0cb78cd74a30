"""XLSX files as spreadsheet programs write them, and as they should never have been written."""

import datetime
import zipfile

import pytest
import xlsxwriter

from companies.services.imports import workbook_scan
from companies.services.imports.problems import BadFileError
from companies.services.imports.tables import open_table


@pytest.fixture
def workbook(tmp_path):
    """Makes a workbook; `fill` gets it and a date format."""

    def make(fill):
        path = tmp_path / "firms.xlsx"
        with xlsxwriter.Workbook(path) as book:
            fill(book, book.add_format({"num_format": "yyyy-mm-dd"}))
        return path

    return make


def simple(book, _date):
    book.add_worksheet("Firms").write_row(0, 0, ["id", "name"])


def rewritten(path, part, change):
    """The same workbook with one part changed."""
    other = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode()
            new.writestr(name, change(content) if name == part else content)
    return other


def test_cells_are_read_as_somebody_would_type_them(workbook):
    def fill(book, date):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["number", "date", "flag", "decimal", "text", "big"])
        sheet.write_number(1, 0, 12345678901)
        sheet.write_datetime(1, 1, datetime.datetime(2026, 5, 1), date)
        sheet.write_boolean(1, 2, True)
        sheet.write_number(1, 3, 1.5)
        sheet.write_string(1, 4, "007")
        sheet.write_number(1, 5, 1e20)

    rows = list(open_table(workbook(fill)).rows)

    assert rows[0].cells == ["12345678901", "2026-05-01", "TRUE", "1.5", "007", "100000000000000000000"]


def test_line_is_the_row_of_the_sheet_wherever_the_table_begins(workbook):
    def fill(book, _date):
        sheet = book.add_worksheet()
        sheet.write_row(3, 2, ["id", "name"])
        sheet.write_row(6, 2, ["1", "Oak"])

    table = open_table(workbook(fill))

    assert table.heading == ["id", "name"]
    assert [(row.line, row.cells) for row in table.rows] == [(7, ["1", "Oak"])]


def test_first_visible_sheet_with_cells_is_read(workbook):
    def fill(book, _date):
        book.add_worksheet("Empty")
        hidden = book.add_worksheet("Hidden")
        hidden.write(0, 0, "secret")
        hidden.hide()
        book.add_worksheet("Firms").write(0, 0, "id")

    table = open_table(workbook(fill))

    assert table.heading == ["id"]
    assert table.notes == ("The sheet “Firms” was read.",)


def test_sheet_is_read_by_its_name(workbook):
    def fill(book, _date):
        book.add_worksheet("A").write(0, 0, "a")
        book.add_worksheet("B").write(0, 0, "b")

    assert open_table(workbook(fill), sheet="B").heading == ["b"]
    with pytest.raises(BadFileError, match=r"no sheet “C”\. Its sheets are: A, B"):
        open_table(workbook(fill), sheet="C")


def test_last_value_of_a_formula_is_read_and_said(workbook):
    def fill(book, date):
        simple(book, date)
        book.worksheets()[0].write_formula(1, 1, '="Oak"&" Oy"', None, "Oak Oy")

    table = open_table(workbook(fill))

    assert next(table.rows).cells == ["", "Oak Oy"]
    assert table.notes[1] == "1 cell holds a formula; the value that was last computed was read."


def test_formula_without_a_value_is_known_by_its_place(workbook):
    def fill(book, date):
        simple(book, date)
        book.worksheets()[0].write_row(1, 0, ["1"])
        book.worksheets()[0].write_formula(1, 1, "=A1", None, 42)

    path = rewritten(workbook(fill), "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<v>42</v>", ""))

    assert [row.uncomputed for row in open_table(path).rows] == [{1}]


def test_formulas_are_looked_for_in_the_sheet_that_is_read(workbook):
    def fill(book, date):
        book.add_worksheet("Empty")
        simple(book, date)
        book.worksheets()[1].write_formula(1, 0, "=A1", None, "x")

    assert "1 cell holds a formula" in open_table(workbook(fill)).notes[1]


def test_workbook_under_another_name_is_read(workbook):
    path = workbook(simple)
    path = path.rename(path.with_suffix(".csv"))

    assert open_table(path).heading == ["id", "name"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id,name\n1,Oak\n", "not a workbook, whatever its name"),
        (b"PK\x03\x04 and nothing that follows", "not a workbook, or it is damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512, "protected by a password or of the old kind"),
        (b"", "The file is empty"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path, content, reason):
    path = tmp_path / "firms.xlsx"
    path.write_bytes(content)

    with pytest.raises(BadFileError, match=reason):
        open_table(path)


def test_other_zip_archive_is_refused(tmp_path):
    path = tmp_path / "firms.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")

    with pytest.raises(BadFileError, match="not an XLSX workbook"):
        open_table(path)


def test_workbook_that_was_cut_off_is_refused(workbook):
    path = workbook(simple)
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(BadFileError, match="damaged"):
        open_table(path)


def test_workbook_without_cells_is_refused(workbook):
    with pytest.raises(BadFileError, match="no sheet with cells"):
        open_table(workbook(lambda book, _date: book.add_worksheet()))


def test_bomb_that_unfolds_to_gigabytes_is_refused_unread(workbook, monkeypatch):
    monkeypatch.setattr(workbook_scan, "MOST_BYTES", 10_000_000)
    path = rewritten(workbook(simple), "xl/sharedStrings.xml", lambda xml: xml + " " * 20_000_000)

    assert path.stat().st_size < 100_000
    with pytest.raises(BadFileError, match="too large"):
        open_table(path)


def test_cell_at_the_far_end_of_the_sheet_is_refused(workbook):
    def fill(book, date):
        simple(book, date)
        book.worksheets()[0].write(1_048_575, 16_383, "far")

    with pytest.raises(BadFileError, match="more than 5000000 cells"):
        open_table(workbook(fill))


def test_part_that_says_less_than_it_holds_is_refused(workbook):
    """The size that a zip archive names is not believed: a shorter one leaves XML without its end."""
    path = workbook(simple)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    lie = (part.file_size - 20).to_bytes(4, "little")
    path.write_bytes(content.replace(part.file_size.to_bytes(4, "little"), lie))

    with pytest.raises(BadFileError, match="damaged"):
        open_table(path)


def test_entities_are_refused(workbook):
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb">]><sst'
    path = rewritten(workbook(simple), "xl/sharedStrings.xml", lambda xml: xml.replace("<sst", bomb, 1))

    with pytest.raises(BadFileError, match="declarations that no spreadsheet program writes"):
        open_table(path)
