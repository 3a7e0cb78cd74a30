from itertools import islice

import pytest

from companies.services.imports import csv_rows as module
from companies.services.imports.csv_rows import csv_rows


@pytest.fixture
def rows(tmp_path):
    def read(content, encoding="utf-8"):
        path = tmp_path / "file.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return list(csv_rows(path, encoding))

    return read


def lines(found):
    return [(row.line, list(row.cells)) for row in found if not row.fault]


def faults(found):
    return [(row.line, row.fault) for row in found if row.fault]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_that_of_the_heading(rows, delimiter):
    found = rows(f'id{delimiter}"a, b; c"\n1{delimiter}x\n')

    assert lines(found) == [(1, ["id", "a, b; c"]), (2, ["1", "x"])]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_numbers_are_those_of_the_file(rows, ending):
    found = rows(ending.join(["id,text", "1,one", '2,"two', 'lines"', "", "3,three"]))

    assert [row.line for row in found] == [1, 2, 3, 6]
    assert found[2].cells[1] == f"two{ending}lines"


def test_blank_lines_above_the_heading_do_not_hide_its_delimiter(rows):
    assert lines(rows("\n\nid;name\n1;x\n")) == [(3, ["id", "name"]), (4, ["1", "x"])]


def test_quotation_mark_that_is_never_closed_costs_one_row(rows):
    found = rows('id,text\n1,"open\n2,two\n3,three\n')

    assert lines(found) == [(1, ["id", "text"]), (3, ["2", "two"]), (4, ["3", "three"])]
    assert faults(found) == [(2, "A cell is longer than 100 kB, or its quotation mark is never closed.")]


def test_quotation_mark_inside_a_cell_costs_one_row(rows):
    found = rows('id,text\n1,"a" b\n2,two\n')

    assert lines(found)[1:] == [(3, ["2", "two"])]
    assert [line for line, _fault in faults(found)] == [2]


def test_line_beyond_the_limit_costs_itself(rows, monkeypatch):
    monkeypatch.setattr(module, "LONGEST_LINE", 100)

    found = rows("id,text\n1," + "x" * 350 + "\n2,two\n")

    assert lines(found)[1:] == [(3, ["2", "two"])]
    assert faults(found) == [(2, "The line is longer than 1 MB. Is a line break missing?")]


@pytest.mark.parametrize("length", [99, 100, 101, 199, 200, 201])
def test_lines_around_the_limit_keep_their_numbers(rows, monkeypatch, length):
    monkeypatch.setattr(module, "LONGEST_LINE", 100)

    found = rows("id\n" + "x" * (length - 1) + "\nlast\n")

    assert (found[-1].line, found[-1].cells) == (3, ["last"])


@pytest.mark.parametrize("length", [99, 100, 101, 200])
def test_windows_line_ends_around_the_limit_are_one_line_end(rows, monkeypatch, length):
    monkeypatch.setattr(module, "LONGEST_LINE", 100)

    found = rows("id\r\n" + "x" * (length - 1) + "\r\nlast\r\n")

    assert (found[-1].line, found[-1].cells) == (3, ["last"])


def test_quoted_text_of_many_lines_beyond_the_limit_costs_its_own_lines(rows, monkeypatch):
    monkeypatch.setattr(module, "LONGEST_LINE", 100)

    found = rows('id,text\n1,"' + "x\n" * 200 + '"\n2,two\n')

    assert lines(found)[-1] == (203, ["2", "two"])
    assert faults(found)[0][0] == 2


def test_file_that_is_one_line_without_end_is_read_in_little_memory(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"x" * 5_000_000)

    found = list(islice(csv_rows(path, "utf-8"), 5))

    assert [row.line for row in found] == [1]
    assert found[0].fault


def test_rows_before_a_broken_end_are_there(rows):
    found = rows('id,text\n1,one\n2,"cut off')

    assert lines(found)[1:] == [(2, ["1", "one"])]
    assert [line for line, _fault in faults(found)] == [3]
