import pytest
from django.utils.translation import gettext_lazy, override

from companies.choices import Purpose
from companies.consent_texts import TEXTS, text_hash
from tibs.core.languages import LANGUAGE_CODES


def test_every_purpose_has_a_text():
    assert set(TEXTS) == set(Purpose)


def test_hash_differs_between_purposes():
    assert len({text_hash(purpose, "en") for purpose in Purpose}) == len(Purpose)


def test_hash_changes_with_the_text(monkeypatch):
    before = text_hash(Purpose.SURVEYS, "en")

    monkeypatch.setitem(TEXTS, Purpose.SURVEYS, gettext_lazy("We agree to something else."))

    assert text_hash(Purpose.SURVEYS, "en") != before


def test_hash_is_that_of_the_text_as_it_reads_in_the_language(monkeypatch):
    """Django's own catalogue has a sentence in all languages; ours are translated later."""
    monkeypatch.setitem(TEXTS, Purpose.SURVEYS, gettext_lazy("This field is required."))

    hashes = {language: text_hash(Purpose.SURVEYS, language) for language in LANGUAGE_CODES}

    assert len(set(hashes.values())) == len(LANGUAGE_CODES)


@pytest.mark.parametrize("active", ["en", "lv"])
def test_hash_does_not_depend_on_the_language_of_the_reader(active):
    expected = text_hash(Purpose.SURVEYS, "pl")

    with override(active):
        assert text_hash(Purpose.SURVEYS, "pl") == expected
