"""Names of firms are compared without their legal forms."""

import pytest

from companies.identity import name_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Stolarnia Dąb sp. z o.o.", "stolarnia dab"),
        ("Stolarnia Dąb Spółka z ograniczoną odpowiedzialnością", "stolarnia dab"),
        ("Stolarnia Dąb Sp. z o. o. sp.k.", "stolarnia dab"),
        ("Huta Północ S.A.", "huta polnoc"),
        ("Kymen Saha Oy", "kymen saha"),
        ("Oy Kymen Saha Ab", "kymen saha"),
        ("Sønder Træ ApS", "sonder trae"),
        ("Sønder Træ A/S", "sonder trae"),
        ("Möller GmbH & Co. KG", "moller"),
        ("Möller G.m.b.H.", "moller"),
        ("Nord Licht UG (haftungsbeschränkt)", "nord licht"),
        ("OÜ Põhja Puit", "pohja puit"),
        ("AS Põhja Puit", "pohja puit"),
        ("UAB „Žalia Girelė“", "zalia girele"),
        ('SIA "Vidzemes Koks"', "vidzemes koks"),
    ],
)
def test_legal_forms_accents_and_quotes_do_not_tell_firms_apart(name, key):
    assert name_key(name) == key


def test_a_name_that_is_nothing_but_legal_forms_keeps_one_of_them():
    assert name_key("SIA AS") in {"sia", "as"}


def test_letters_inside_a_name_are_no_legal_form():
    assert name_key("Nordic AS Trading Oy") == "nordic as trading"


@pytest.mark.parametrize("odd", ["", "\0", "\ud800", "🙂", "שלום", "S.A.", "x" * 1_000_000, ". " * 100_000])
def test_odd_text_gives_some_key(odd):
    assert len(name_key(odd)) <= 200
