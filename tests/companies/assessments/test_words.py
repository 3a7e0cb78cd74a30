"""The words of the instrument are complete in eight languages, and say what the field says."""

import re

import pytest

from companies.assessments.results import Gate, Verdict
from companies.assessments.words import LANGUAGES, sentences, words
from tests.companies.assessments.sheets import V1
from tibs.core.languages import LANGUAGE_CODES

GAP = re.compile(r"%\((\w+)\)s")
# The terms of the field; stems, since words are inflected.
BROKER = {
    "en": "innovation broker",
    "pl": "brokerem innowacji",
    "fi": "innovaatiovälittäjä",
    "da": "innovationsmægler",
    "de": "Innovationsbroker",
    "et": "innovatsioonimaakler",
    "lt": "inovacijų broker",
    "lv": "inovāciju broker",
}
SPECIALISATION = {
    "en": "smart specialisation",
    "pl": "inteligentnej specjalizacji",
    "fi": "älykkään erikoistumisen",
    "da": "smart specialisering",
    "de": "intelligenten Spezialisierung",
    "et": "nutika spetsialiseerumise",
    "lt": "sumanios specializacijos",
    "lv": "viedās specializācijas",
}
BARRIER = {
    "en": "Barrier",
    "pl": "Barier",
    "fi": "Este",
    "da": "Barriere",
    "de": "Barriere",
    "et": "Takistus",
    "lt": "Kliūt",
    "lv": "Šķēršļ",
}
other_languages = pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
all_languages = pytest.mark.parametrize("language", LANGUAGES)


def table(language: str) -> dict[tuple[str, ...], str]:
    return dict(sentences(words(V1, language).tables))


ENGLISH = table("en")


def test_the_words_come_in_the_languages_of_the_platform():
    assert set(LANGUAGES) == set(LANGUAGE_CODES)


@other_languages
def test_every_language_has_the_same_sentences(language):
    assert table(language).keys() == ENGLISH.keys()


@all_languages
def test_no_sentence_is_empty_or_padded(language):
    assert [path for path, text in table(language).items() if not text or text != text.strip()] == []


@other_languages
def test_no_sentence_was_left_in_english(language):
    assert [path for path, text in table(language).items() if text == ENGLISH[path]] == []


@other_languages
def test_every_sentence_has_the_gaps_of_the_english_one(language):
    translated = table(language)

    for path, text in ENGLISH.items():
        assert sorted(GAP.findall(text)) == sorted(GAP.findall(translated[path])), path


@other_languages
def test_sentences_end_as_the_english_ones(language):
    """A label stays a label and a sentence a sentence."""
    translated = table(language)

    assert [
        path for path, text in ENGLISH.items() if text.endswith(".") != translated[path].endswith(".")
    ] == []


@all_languages
def test_the_terms_of_the_field_are_used(language):
    spoken = words(V1, language)

    assert BROKER[language] in spoken.text("steps", "broker")
    assert SPECIALISATION[language] in spoken.text("items", "F2")
    assert spoken.text("blocks", "B").startswith(BARRIER[language])


@all_languages
def test_every_question_has_its_words_its_reason_and_five_anchors(language):
    spoken = words(V1, language)

    for area, item in V1.questions():
        assert spoken.item(area, item)
        assert spoken.why(area, item)
        assert len(set(spoken.scale(area, item))) == 5


def test_every_result_has_its_words():
    spoken = words(V1, "lt")

    for verdict in Verdict:
        assert spoken.text("verdicts", verdict)
    for gate in Gate:
        assert spoken.text("gate", gate)
    for band in ("insufficient", *V1.rules.bands):
        assert spoken.text("bands", band)
    for stage in V1.stages:
        assert spoken.text("stages", stage)
    for kind in V1.evidence:
        assert spoken.text("evidence", kind)
    for code in V1.area_codes:
        assert all(spoken.text("examples", sector, code) for sector in V1.sectors)
        assert spoken.text("steps", "area", code).startswith(spoken.area(code))
        assert all(spoken.text("ways", way.code) for way in V1.area(code).ways)
    for code in V1.firm:
        assert spoken.text("strengths", "firm", code) != spoken.text("steps", "firm", code)
    for code in V1.items["B"]:
        assert spoken.text("measures", code)


def test_no_way_is_named_that_no_area_has():
    named = {path[1] for path in ENGLISH if path[0] == "ways"}

    assert named == {way.code for area in V1.areas for way in area.ways}


def test_gaps_are_filled_by_name():
    assert words(V1, "lt").text("verdicts", "only", area="Pirkimai").endswith(": Pirkimai.")


def test_a_percentage_without_gaps_stays_as_it_is():
    assert words(V1, "en").scale("PRC", "H1")[1] == "Less than 10 %"


def test_an_unknown_language_reads_english():
    assert words(V1, "xx").language == "en"
