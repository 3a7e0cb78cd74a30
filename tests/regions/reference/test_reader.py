from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

import pytest

from regions.reference.columns import Translated
from regions.reference.reader import read_table

HEADING = "code,weight,note,tags,open,name_en,name_pl,name_fi,name_da,name_de,name_et,name_lt,name_lv"


@dataclass(frozen=True)
class Row:
    KEY: ClassVar = ("code",)

    code: str
    weight: Decimal
    note: str | None
    tags: tuple[str, ...]
    open: bool
    name: Translated

    def __post_init__(self):
        if self.weight > 1:
            raise ValueError("too heavy")


@pytest.fixture
def read(tmp_path):
    """Rows and problems of a file with that content."""

    def read(*lines, encoding="utf-8"):
        path = tmp_path / "things.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        problems = []
        return read_table(path, Row, problems), [str(problem) for problem in problems]

    return read


def test_cells_become_typed_fields(read):
    lines, problems = read(HEADING, "A,0.25,,x; y,yes,Amber,Bursztyn,,,,,,Dzintars")

    assert problems == []
    assert lines[0].number == 2
    assert lines[0].row == Row(
        "A", Decimal("0.25"), None, ("x", "y"), True, {"en": "Amber", "pl": "Bursztyn", "lv": "Dzintars"}
    )


def test_columns_may_stand_in_any_order(read):
    names = HEADING.split(",")
    cells = ["A", "1", "", "", "no", "Amber", "", "", "", "", "", "", ""]

    lines, problems = read(",".join(reversed(names)), ",".join(reversed(cells)))

    assert problems == []
    assert lines[0].row.code == "A"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",1,,,no,Amber,,,,,,,", "things.csv:2: code: the cell is empty"),
        ("A,one,,,no,Amber,,,,,,,", "things.csv:2: weight: “one” is not a number"),
        ("A,NaN,,,no,Amber,,,,,,,", "things.csv:2: weight: “NaN” is not a number"),
        ("A,1,,,maybe,Amber,,,,,,,", "things.csv:2: open: “maybe” is neither yes nor no"),
        ("A,1,,,no,,Bursztyn,,,,,,", "things.csv:2: name_en: the cell is empty"),
        (
            "A\x00,1,,,no,Amber,,,,,,,",
            "things.csv:2: code: the cell holds a character that cannot be printed",
        ),
        ("A,1,,,no,Amber", "things.csv:2: The row has 6 cells instead of 13."),
        ("A,2,,,no,Amber,,,,,,,", "things.csv:2: too heavy"),
        ('A,1,,,no,"Amber,,,,,,,', "things.csv:2: The line is not CSV: unexpected end of data."),
    ],
)
def test_bad_row_is_named_with_its_line_and_reason(read, row, problem):
    lines, problems = read(HEADING, row)

    assert lines == []
    assert problems == [problem]


def test_all_bad_rows_are_reported_at_once(read):
    lines, problems = read(
        HEADING,
        "A,x,,,no,Amber,,,,,,,",
        "B,1,,,no,Birch,,,,,,,",
        "C,1,,,x,Clay,,,,,,,",
        "B,1,,,no,Bark,,,,,,,",
    )

    assert [line.row.code for line in lines] == ["B"]
    assert problems == [
        "things.csv:2: weight: “x” is not a number",
        "things.csv:4: open: “x” is neither yes nor no",
        "things.csv:5: The row repeats line 3.",
    ]


def test_missing_unknown_and_doubled_columns_are_named(read):
    assert read("code,colour,colour")[1] == [
        "things.csv:1: Columns are missing: weight, note, tags, open, name_en, name_pl, name_fi, name_da, "
        "name_de, name_et, name_lt, name_lv.",
        "things.csv:1: Columns are unknown: colour, colour.",
        "things.csv:1: A column is there twice.",
    ]


def test_line_that_is_not_utf_8_is_named(read):
    assert read(HEADING, "A,1,,,no,Łódź,,,,,,,", encoding="iso-8859-2")[1] == [
        "things.csv:2: The line is not UTF-8 text."
    ]


def test_mark_of_utf_8_at_the_beginning_is_allowed(read):
    assert read(HEADING, "A,1,,,no,Łódź,,,,,,,", encoding="utf-8-sig")[1] == []


def test_missing_file_is_a_problem(tmp_path):
    problems = []

    assert read_table(tmp_path / "none.csv", Row, problems) == []
    assert [str(problem) for problem in problems] == ["none.csv:0: The file cannot be opened."]


def test_empty_file_has_a_missing_heading(read):
    assert read("")[1] == ["things.csv:1: The file has no heading."]
