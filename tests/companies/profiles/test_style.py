import pytest

from companies.profiles.checks import check_part
from companies.profiles.findings import Facts, Identity


def codes(text, language="en", kind="BO", field="offered"):
    return [finding.code for finding in check_part(Facts(type=kind), field, text, language, Identity())]


FIRST_PERSON = {
    "en": ("We plane oak.", "The firm planes oak for the US market."),
    "pl": ("Szukamy tartaku. Nasze deski.", "Firma szuka tartaku. Systemy i programy."),
    "fi": ("Etsimme sahaa.", "Yritys etsii sahaa."),
    "da": ("Vi søger et savværk.", "Virksomheden søger et savværk."),
    "de": ("Wir suchen ein Sägewerk.", "Die Firma sucht ein Sägewerk."),
    "et": ("Otsime saeveskit.", "Ettevõte otsib saeveskit."),
    "lt": ("Ieškome lentpjūvės.", "Įmonė ieško lentpjūvės."),
    "lv": ("Mēs meklējam kokzāģētavu.", "Uzņēmums meklē kokzāģētavu."),
}
CLAIMS = {
    "en": ("The firm is a leading maker of boards.", "The leading maker has 40 % of the market."),
    "pl": ("Najlepsze deski.", "Najlepsze deski w teście 2024."),
    "fi": ("Johtava valmistaja.", "Johtava valmistaja, osuus 40 %."),
    "da": ("Den førende producent.", "Den førende producent med 40 %."),
    "de": ("Der führende Hersteller.", "Der führende Hersteller mit 40 % Anteil."),
    "et": ("Juhtiv tootja.", "Juhtiv tootja, osa 40 %."),
    "lt": ("Unikalios lentos.", "Unikalios lentos, patentuotos."),
    "lv": ("Unikāli dēļi.", "Unikāli, patentēti dēļi."),
}
BUYING_OFFERS = {
    "en": "The firm looks for a supplier of oak.",
    "pl": "Firma poszukuje dostawcy dębu.",
    "fi": "Yritys etsii tammen toimittajaa.",
    "da": "Virksomheden søger en leverandør af eg.",
    "de": "Die Firma sucht einen Lieferanten von Eiche.",
    "et": "Ettevõte otsib tamme tarnijat.",
    "lt": "Įmonė ieško ąžuolo tiekėjo.",
    "lv": "Uzņēmums meklē ozola piegādātāju.",
}
SELLING_REQUESTS = {
    "en": "The firm is looking for a distributor.",
    "pl": "Firma szuka dystrybutora.",
    "fi": "Yritys etsii jälleenmyyjää.",
    "da": "Virksomheden søger en distributør.",
    "de": "Die Firma sucht einen Vertriebspartner.",
    "et": "Ettevõte otsib edasimüüjat.",
    "lt": "Įmonė ieško platintojo.",
    "lv": "Uzņēmums meklē izplatītāju.",
}


# Words that look like what is looked for and are something else; they were found in real texts.
INNOCENT = [
    ("lt", "Įmonė turi cechą, kuriame džiovinamos lentos."),
    ("lt", "Geriausiai tinka baldams."),
    ("de", "Die Bretter eignen sich am besten für Möbel."),
    ("de", "Am größten ist der Bedarf im Winter."),
    ("fi", "Laudat sopivat parhaiten huonekaluihin."),
]


@pytest.mark.parametrize(("language", "text"), INNOCENT)
def test_words_that_only_look_alike_are_left_alone(language, text):
    assert not {"first_person", "claim"} & set(codes(text, language))


@pytest.mark.parametrize("language", FIRST_PERSON)
def test_the_firm_does_not_speak_for_itself(language):
    speaking, telling = FIRST_PERSON[language]

    assert "first_person" in codes(speaking, language)
    assert "first_person" not in codes(telling, language)


@pytest.mark.parametrize("language", CLAIMS)
def test_praise_needs_evidence_in_the_same_sentence(language):
    bare, backed = CLAIMS[language]

    assert "claim" in codes(bare, language)
    assert "claim" not in codes(backed, language)


def test_evidence_in_another_sentence_does_not_count():
    assert codes("The firm is a leading maker. It was founded in 1998.").count("claim") == 1


@pytest.mark.parametrize("language", BUYING_OFFERS)
def test_an_offer_that_looks_for_a_supplier_contradicts_itself(language):
    text = BUYING_OFFERS[language]

    assert "offer_buys" in codes(text, language, "BO")
    assert "offer_buys" not in codes(text, language, "BR")


@pytest.mark.parametrize("language", SELLING_REQUESTS)
def test_a_request_that_looks_for_customers_contradicts_itself(language):
    text = SELLING_REQUESTS[language]

    assert "request_sells" in codes(text, language, "BR")
    assert "request_sells" not in codes(text, language, "BO")


@pytest.mark.parametrize(
    ("text", "is_vague"),
    [
        ("A partner.", True),
        ("Something with oak that is dry and flat and comes in time, month after month.", True),
        ("A distributor with own sales people who stocks the boards and installs them on site.", False),
    ],
)
def test_role_of_the_partner_names_whom_and_what_for(text, is_vague):
    assert ("vague_role" in codes(text, field="sought")) == is_vague


def test_repeated_praise_is_advice_and_too_long_a_text_blocks():
    long = check_part(Facts(type="BO"), "summary", "x" * 501, "en", Identity())

    assert [(finding.code, finding.severity, finding.number) for finding in long] == [
        ("too_long", "blocker", 501)
    ]


@pytest.mark.parametrize("text", ["do-it-yourself kits", "Our World is a game. The game Our World"])
def test_names_and_joined_words_are_nobody_speaking(text):
    assert codes(f"The firm sells {text}.").count("first_person") == 0
