"""Numbers of registers and tax offices, written one way and checked by their digits.

The numbers are made up for the rule they show; each has a right check digit unless it says otherwise.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.identity import (
    normalised_register_number,
    normalised_vat,
    register_number_is_wrong,
    register_number_of_vat,
    vat_is_wrong,
    vat_of_register_number,
)

COUNTRIES = ("PL", "FI", "DK", "DE", "EE", "LT", "LV", "SE")
RIGHT = [
    ("PL", "123456785"),
    ("PL", "0000123456"),
    ("FI", "1234567-1"),
    ("DK", "12345674"),
    ("EE", "12345678"),
    ("LT", "123456786"),
    ("LV", "40001234561"),
]
RIGHT_VAT = [
    ("PL", "PL1234563218"),
    ("FI", "FI12345671"),
    ("DK", "DK12345674"),
    ("DE", "DE123456788"),
    ("EE", "EE123456780"),
    ("LT", "LT123456715"),
    ("LV", "LV40001234561"),
]


@pytest.mark.parametrize(
    ("country", "written", "number"),
    [
        ("FI", "FI 1234567-1", "1234567-1"),
        ("FI", "12345671", "1234567-1"),
        ("DK", "12 34 56 74", "12345674"),
        ("LV", "LV40001234561", "40001234561"),
        ("PL", "123-456-785", "123456785"),
        ("DE", "hrb  012345 b", "HRB 12345 B"),
        ("DE", "HRB Nr. 12345", "HRB 12345"),
        ("DE", "Amtsgericht Kiel  HRB 12345", "AMTSGERICHT KIEL HRB 12345"),
        ("EE", "no number", "NO NUMBER"),
    ],
)
def test_a_register_number_is_written_one_way(country, written, number):
    assert normalised_register_number(country, written) == number


@pytest.mark.parametrize(("country", "number"), RIGHT)
def test_a_right_register_number_passes(country, number):
    assert not register_number_is_wrong(country, number)


@pytest.mark.parametrize(("country", "number"), [pair for pair in RIGHT if pair[1] != "0000123456"])
def test_a_register_number_with_another_last_digit_is_wrong(country, number):
    mistyped = number[:-1] + str((int(number[-1]) + 1) % 10)

    assert register_number_is_wrong(country, mistyped)


@pytest.mark.parametrize(("country", "number"), RIGHT_VAT)
def test_a_right_vat_number_passes_and_a_mistyped_one_does_not(country, number):
    mistyped = number[:-1] + str((int(number[-1]) + 1) % 10)

    assert not vat_is_wrong(country, number)
    assert vat_is_wrong(country, mistyped)


def test_a_vat_number_is_written_one_way_with_or_without_its_country():
    assert normalised_vat("PL", "123-456-32-18") == normalised_vat("PL", "pl 1234563218") == "PL1234563218"


def test_one_number_for_both_leads_from_the_register_to_the_vat_number_and_back():
    assert vat_of_register_number("FI", "1234567-1") == "FI12345671"
    assert register_number_of_vat("FI", "FI12345671") == "1234567-1"
    assert vat_of_register_number("EE", "12345678") == ""
    assert register_number_of_vat("FI", "FI12345672") == ""


def test_where_nothing_can_tell_no_number_is_called_wrong():
    assert not register_number_is_wrong("DE", "anything")
    assert not register_number_is_wrong("SE", "anything")
    assert not vat_is_wrong("SE", "anything")
    assert not register_number_is_wrong("PL", "")


@given(country=st.sampled_from(COUNTRIES), text=st.text(max_size=80))
def test_any_text_is_answered_and_normalising_twice_changes_nothing(country, text):
    number, vat = normalised_register_number(country, text), normalised_vat(country, text)

    assert normalised_register_number(country, number) == number
    assert normalised_vat(country, vat) == vat
    assert register_number_is_wrong(country, text) in {True, False}
    assert vat_is_wrong(country, text) in {True, False}
