"""Workbooks that run nothing when they are opened."""

import io

import python_calamine

from tibs.rendering.xlsx_export import Sheet, workbook


def read(content):
    book = python_calamine.load_workbook(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_each_table_is_a_sheet_with_title_columns_and_rows():
    made = read(workbook([Sheet("Areas", ["Country", "Companies"], [["Poland", 6], ["Finland", None]])]))

    assert made == {
        "1 Areas": [["Areas", ""], ["", ""], ["Country", "Companies"], ["Poland", 6.0], ["Finland", ""]]
    }


def test_text_that_looks_like_a_formula_or_a_link_stays_text():
    made = workbook([Sheet("x", ["A"], [["=1+1"], ["https://example.org"]])])

    assert [row[0] for row in read(made)["1 x"][3:]] == ["=1+1", "https://example.org"]
    assert b"<f>" not in made


def test_titles_that_a_tab_cannot_hold_are_cut():
    made = read(workbook([Sheet("A/B: [very] long? title * that goes on and on", ["A"], [])]))

    assert list(made) == ["1 AB very long title  that goes"]
