from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.profiles.findings import Identity, Severity
from companies.profiles.leaks import leaks, leaks_of_address
from companies.profiles.reading import fold, sentences_of, words_of

ZALIA = Identity(
    names=("zalia mediena",),
    people=("Rūta Kazlauskienė",),
    domains=("zaliamediena.lt",),
    numbers=("300123456", "LT100001234567"),
    streets=("Miško g. 7", "50123"),
    towns=("Kaunas",),
)


def found(text, identity=ZALIA, language="en"):
    return [(leak.code, leak.quote) for leak in leaks("offered", text, identity, language)]


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("UAB Žalia Mediena planes boards.", ("name", "Žalia Mediena")),
        ("Boards by ZALIA-MEDIENA are dry.", ("name", "ZALIA-MEDIENA")),
        ("Boards of ŽaliaMediena are dry.", ("name", "ŽaliaMediena")),
        ("Lentos iš Žalios Medienos yra sausos.", ("name", "Žalios Medienos")),
        ("Ask for Zalia boards.", ("name_part", "Zalia")),
        ("The owner, Rūta Kazlauskienė, answers.", ("person", "Rūta Kazlauskienė")),
        ("Kazlauskiene Ruta answers.", ("person", "Kazlauskiene Ruta")),
        ("Mrs Kazlauskienė answers.", ("person_part", "Kazlauskienė")),
        ("Visit Miško g. 7 any day.", ("address", "Miško g. 7")),
        ("Register 300 123 456 knows it.", ("number", "300 123 456")),
        ("VAT LT 100001234567.", ("number", "LT 100001234567")),
        ("The mill stands in Kaunas.", ("town", "Kaunas")),
        ("Write to ruta@zaliamediena.lt today.", ("email", "ruta@zaliamediena.lt")),
        ("Write to ruta (at) mail.example please.", ("email", "ruta (at) mail.example")),
    ],
)
def test_what_names_the_company_is_found(text, leak):
    assert leak in found(text)


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("Sold as Dry Oak since 2019.", "Dry Oak"),
        ("Sprzedawane jako Świerk na rynku.", "Świerk"),
        ("Sprzedawane pod nazwą Swierkiem.", "Swierkiem"),
        ("Sold as lumi in the north.", "lumi"),
    ],
)
def test_a_brand_of_the_company_blocks(text, leak):
    found = leaks("offered", text, Identity(brands=("Dry Oak", "Świerk", "lumi")))

    assert [(one.code, one.severity, one.quote) for one in found] == [("own_brand", Severity.BLOCKER, leak)]


@pytest.mark.parametrize(
    "text",
    [
        "Boards of dry oak.",
        "Dry oak for stairs.",
        "Deski ze świerku.",
        "Świerk i dąb: świerk suszony.",
        "Oak that is dry.",
    ],
)
def test_the_words_of_a_brand_stay_words_of_the_trade(text):
    assert leaks("offered", text, Identity(brands=("Dry Oak", "Świerk"))) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("See https://example.com/boards for more.", "web"),
        ("See www.example.com for more.", "web"),
        ("See oakboards.eu for more.", "web"),
        ("Call +370 612 34567 today.", "phone"),
        ("Call 0048 600 700 800 today.", "phone"),
        ("Tel. 612 34 567 is open.", "phone"),
        ("NIP 774-000-14-54 and KRS 0000028860.", "number"),
        ("HRB 12345 of the court.", "number"),
        ("The works are at ul. Leśna 7 there.", "address"),
        ("The works are at Hauptstraße 12.", "address"),
        ("The works are at Mannerheimintie street 12.", "address"),
        ("Sold as OakMaster® abroad.", "brand"),
        ("Sold under the brand “Dry Oak” abroad.", "brand"),
    ],
)
def test_what_leads_to_some_company_is_found(text, code):
    assert code in [leak for leak, _ in found(text, Identity())]


@pytest.mark.parametrize(
    "text",
    [
        "Oak boards of 2 000 x 200 x 27 mm, EN 14342:2013, from 10 000 to 50 000 pieces a year.",
        "Founded in 1998. Turnover 12.5 million euros; 45 people; 30% exported (2019-2021).",
        "Software in ASP.NET and Node, e.g. for mills. Sp. z o.o. firms, too.",
        "Moisture 8-10 %, class C24, IP65, 230 V / 50 Hz, ISO 9001:2015.",
        "Delivery times: 8.00-16.00, lots of 1.000.000 screws.",
    ],
)
def test_figures_and_standards_are_no_leaks(text):
    assert found(text) == []


def test_word_of_the_name_that_the_text_uses_as_a_word_is_no_leak():
    assert found("Mediena is dry. Dry mediena is sawn.", Identity(names=("mediena",))) == []


def test_part_of_a_name_only_advises_in_german_where_every_noun_is_capital():
    krug = Identity(names=("krug moebelbau",))

    severity = {
        language: [leak.severity for leak in leaks("offered", "Boards by Krug.", krug, language)]
        for language in ("de", "en")
    }

    assert severity == {"de": [Severity.MAJOR], "en": [Severity.BLOCKER]}


def test_town_within_a_name_only_advises():
    vesi = Identity(names=("tallinna vesi ja mesi",), towns=("Tallinn",))

    found = leaks("offered", "The works stand in Tallinn and serve it.", vesi)

    assert [leak.severity for leak in found] == [Severity.MAJOR]


def test_places_are_those_of_the_text_and_never_overlap():
    text = "  Ask ruta@zaliamediena.lt or Žalia Mediena."

    places = [(leak.start, leak.end) for leak in leaks("offered", text, ZALIA)]

    assert [text[start:end] for start, end in places] == ["ruta@zaliamediena.lt", "Žalia Mediena"]


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_is_read_without_a_fault(text):
    for leak in leaks("offered", text, ZALIA):
        assert text[leak.start : leak.end] == leak.quote
    assert all(0 <= start < end <= len(text) for start, end in sentences_of(text))
    assert all(text[word.start : word.end] for word in words_of(text))


def test_letters_are_folded_as_in_searches():
    assert fold("Łódź Žąsis Größe ÆØÅ") == "lodz zasis grosse aeoa"


@pytest.mark.parametrize(
    "sign",
    [
        "a dot ",
        "a(dot)",
        "1-",
        "tel 1 ",
        "a.",
        "1 ",
        "a@",
        "www.",
        "ul. a ",
        "+37 ",
        "“a ",
        "(",
        "brand “",
        "a-",
    ],
)
def test_hostile_repetitions_take_no_longer_than_a_text(sign):
    began = process_time()

    leaks("offered", (sign * 4000)[:4000], ZALIA)

    assert process_time() - began < 1


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("https://www.zaliamediena.lt/projects", ["name"]),
        ("https://example.org/calls/zalia-mediena", ["name"]),
        ("https://example.org/ruta-kazlauskiene/call", ["person"]),
        ("https://ec.europa.eu/info/funding-tenders/HORIZON-CL4-2026-TWIN-01", []),
    ],
)
def test_address_of_a_call_may_stand_unless_it_names_the_company(address, codes):
    assert [one.code for one in leaks_of_address("call_website", address, ZALIA)] == codes
