"""How firms are given away most often: their name at the beginning of a sentence, their site, a bare phone number."""

import pytest

from companies.profiles.findings import Identity, Severity
from companies.profiles.leaks import leaks

BALTWOOD = Identity(
    names=("baltwood furniture",),
    people=("Jan Kowalski",),
    domains=("baltwood.pl",),
    phones=("+48 58 765 43 21",),
)
NO_SITE = Identity(names=("baltwood furniture",))


def found(text, identity=BALTWOOD, language="en"):
    return [(leak.code, leak.severity, leak.quote) for leak in leaks("offered", text, identity, language)]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Baltwood makes oak chairs.", "Baltwood"),
        ("Chairs are made. Baltwood exports them.", "Baltwood"),
        ("Everybody likes the baltwood range.", "baltwood"),
        ("See baltwood.nl for more.", "baltwood.nl"),
        ("Write to biuro (at) baltwood (dot) pl today.", "biuro (at) baltwood (dot) pl"),
        ("See baltwood dot pl for more.", "baltwood dot pl"),
        ("See baltwood (kropka) pl for more.", "baltwood (kropka) pl"),
        ("Call 58 765 43 21 now.", "58 765 43 21"),
        ("Call 587-654-321 now.", "587-654-321"),
        ("Call 0048587654321 now.", "0048587654321"),
    ],
)
def test_own_name_site_and_numbers_block_however_written(text, quote):
    assert (Severity.BLOCKER, quote) in [leak[1:] for leak in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mobil: 0171 2345678",
        "Telefonnummer 030 1234567",
        "mobile 040 1234567",
        "Telefon nr 601 234 567",
        "Tālrunis 29 123 456",
        "Puhelinnumero 040 1234567",
        "Mobiiltelefon 512 3456",
        "Telefono numeris 612 34567",
        "Mobilnummer 20 12 34 56",
        "numer telefonu: (22) 123 45 67",
        "See oakboards (dot) eu",
        "See oakboards dot com",
    ],
)
def test_words_for_telephone_and_dot_block_in_any_language(text):
    assert [severity for _, severity, _ in found(text, Identity())] == [Severity.BLOCKER]


@pytest.mark.parametrize(
    "text",
    [
        "Please call 601 234 567",
        "Call 22 123 45 67",
        "Ask for 601-234-567 any day.",
        "Ring 20 12 34 56",
        "Zadzwoń pod 58 765 43",
        "Ask for 601234567.",
    ],
)
def test_bare_phone_number_is_advised_against(text):
    assert [leak[:2] for leak in found(text, Identity())] == [("phone", Severity.MAJOR)]


@pytest.mark.parametrize(
    "text",
    [
        "Turnover of 2 000 000 000 euros, 120 000 000 pieces, 345 678 901 EUR, EUR 345 678 901.",
        "Certified to ISO 9001 2015, ISO 14001 2015, EN 14342-2013 and DIN EN 14342 2013.",
        "Founded in 1998. From 2019-2021 30% were exported; 2019 2020 2021 were good.",
        "NACE 16.10, 16.21 and 31.01; CPV 03419000-0, HS 4407 91 15 90.",
        "Lots of 12 500-14 750 boards of 2 000 x 200 x 27 mm at 1 250 000 a year.",
        "From 12-05-2021 to 30-06-2022, 8-16 each day; 1.234.567,89 and 1,234,567,890.",
        "A quantum dot is small, each dot no longer than 2 nm. The polka dot group sells.",
        "The mobile app has 250 users, the phone 2 cameras.",
    ],
)
def test_figures_years_codes_and_sizes_are_no_phone_numbers(text):
    assert found(text, Identity()) == []


def test_telling_word_of_the_name_advises_at_the_beginning_of_a_sentence():
    assert found("Baltwood makes chairs.", NO_SITE) == [("name_part", Severity.MAJOR, "Baltwood")]


def test_word_that_the_text_also_uses_as_a_word_is_no_name_there():
    assert found("Leaf springs are made. Each leaf is oiled.", Identity(names=("leaf furniture",))) == []


def test_family_name_at_the_beginning_of_a_sentence_is_advised_against():
    assert found("Kowalski leads the firm.") == [("person_part", Severity.MAJOR, "Kowalski")]


@pytest.mark.parametrize("domain", ["furniture.pl", "shop.pl"])
def test_site_that_is_called_after_its_trade_forbids_no_word(domain):
    text = "The firm makes furniture and runs a shop."

    assert found(text, Identity(names=("baltwood",), domains=(domain,))) == []


def test_site_within_another_site_is_known_by_its_own_part():
    assert found("The baltwood range.", Identity(domains=("shop.balt-wood.pl",)))[0][2] == "baltwood"


def test_small_letters_do_not_forbid_words_that_only_begin_like_the_site():
    assert found("The firm sells boarding tables.", Identity(domains=("boards.pl",))) == []
