"""Searching branches by everyday words."""

import pytest

from regions.nace_search import Branch, best_branches
from regions.reference import DIRECTORY
from regions.reference.data import read_folder

BRANCHES = [
    Branch("16", "Produkcja wyrobów z drewna, z wyłączeniem mebli", "Manufacture of wood, except furniture"),
    Branch("31", "Produkcja mebli", "Manufacture of furniture"),
    Branch("31.0", "", "Manufacture of furniture"),
    Branch("31.00", "", "Manufacture of furniture"),
    Branch("62.10", "", "Computer programming activities"),
]


def codes(words, branches=BRANCHES):
    return [branch.code for branch in best_branches(branches, words, 5)]


@pytest.mark.parametrize("words", ["meble", "MEBLI", "furniture"])
def test_word_is_found_in_other_forms_and_in_english(words):
    assert codes(words)[0] == "31"


def test_short_labels_come_before_those_that_only_mention_the_word():
    assert codes("mebli")[:2] == ["31", "16"]


def test_branches_with_more_of_the_words_come_first():
    assert codes("drewno mebli")[0] == "16"


def test_code_finds_its_branch_and_what_lies_in_it():
    assert codes("62.1") == ["62.10"]


@pytest.mark.parametrize("words", ["", "  ", "x", "zzzzzz", "\u202e", "🪑", "9" * 1000])
def test_words_of_no_branch_find_nothing(words):
    assert codes(words) == []


def test_label_that_is_missing_is_shown_in_english():
    [branch] = best_branches(BRANCHES, "programming", 5)

    assert branch.shown == "Computer programming activities"


@pytest.mark.parametrize(
    ("words", "language", "code"),
    [
        ("Möbel", "de", "31"),
        ("huonekalut", "fi", "31"),
        ("kalapüük", "et", "03"),
        ("koksnes", "lv", "16"),
        ("baldai", "lt", "31"),
        ("restaurant", "da", "56"),
        ("software", "pl", "58.2"),
    ],
)
def test_everyday_words_find_the_shipped_branches(words, language, code):
    rows = [row for row in read_folder(DIRECTORY, []).rows("nace_codes") if row.level > 1]
    shipped = [Branch(row.code, row.label.get(language, ""), row.label["en"]) for row in rows]

    assert code in codes(words, shipped)[:2]
