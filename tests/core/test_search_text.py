"""Searching without accents in the eight languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tibs.core.search_text import fold, folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łódź  Żółć", "lodz zolc"),
        ("Žąsis ėmė ųjį", "zasis eme uji"),
        ("Ķīmija Ņģ", "kimija ng"),
        ("Õun, šokolaad", "oun, sokolaad"),
        ("Smørrebrød og Æbler på Ærø", "smorrebrod og aebler pa aero"),
        ("Straße GROẞ Übermut", "strasse gross ubermut"),
        ("Hyvää päivää", "hyvaa paivaa"),
        ("  tabs\tand\nlines ", "tabs and lines"),
        ("№ ℡ ﬁn", "no tel fin"),
        ("", ""),
    ],
)
def test_letters_lose_case_and_accents(text, expected):
    assert fold(text) == expected


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_does_not_matter(text):
    assert fold(text.casefold()) == fold(text)


@given(st.text(), st.text())
def test_folded_text_of_a_row_contains_each_value(first, second):
    row = folded(first, second)

    assert fold(first) in row
    assert fold(second) in row
