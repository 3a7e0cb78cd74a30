"""A CSV file runs nothing and loses nothing."""

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tibs.rendering.csv_export import RISKY_STARTS, csv_lines, neutralise

PAYLOADS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1:A9)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "  =1",
    '=HYPERLINK("http://x.example","y")',
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "\u00a0=1",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_string_starts_a_formula(payload):
    cell = neutralise(payload)

    assert isinstance(cell, str)
    assert cell.startswith("'")


@given(st.text())
def test_no_text_at_all_starts_a_formula(text):
    cell = neutralise(text)

    assert isinstance(cell, str)
    assert not cell.lstrip().startswith(RISKY_STARTS)
    assert "\0" not in cell


@pytest.mark.parametrize("number", [-3, -2.5, Decimal("-0.75"), 0, True, None])
def test_numbers_stay_numbers(number):
    assert neutralise(number) is number


def test_file_reads_back_as_it_was_written():
    rows = [["Žalia Mediena, UAB", 3, None], ['Two\nlines and "quotes"', -1.5, "a"]]

    lines = list(csv_lines(["name", "count", "note"], rows))

    read = list(csv.reader("".join(lines).removeprefix("\ufeff").splitlines(keepends=True)))
    assert read == [
        ["name", "count", "note"],
        ["Žalia Mediena, UAB", "3", ""],
        ['Two\nlines and "quotes"', "-1.5", "a"],
    ]


def test_rows_are_read_one_by_one():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    lines = csv_lines(["n"], rows())

    next(lines)
    next(lines)
    assert asked == [0]
