"""Catalogues compiled without gettext on the machine."""

import gettext
import os
from pathlib import Path

import django
import polib
import pytest

from tibs.core.catalogues import LOCALE, compile_catalogues
from tibs.core.languages import LANGUAGE_CODES

DJANGO_LOCALE = Path(django.__file__).parent / "conf" / "locale"

POLISH = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: pl\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

msgid "%(count)s match"
msgid_plural "%(count)s matches"
msgstr[0] "%(count)s dopasowanie"
msgstr[1] "%(count)s dopasowania"
msgstr[2] "%(count)s dopasowań"

#, fuzzy
msgid "Guess"
msgstr "Zgadnij"
"""


@pytest.fixture
def folder(tmp_path):
    source = tmp_path / "pl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(POLISH, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "dopasowanie"), (2, "dopasowania"), (5, "dopasowań"), (12, "dopasowań"), (22, "dopasowania")],
)
def test_polish_plural_rules_are_kept(folder, count, expected):
    compile_catalogues(folder)

    polish = gettext.translation("django", folder, ["pl"])

    assert polish.ngettext("%(count)s match", "%(count)s matches", count) == f"%(count)s {expected}"


def test_guesses_are_not_shown(folder):
    compile_catalogues(folder)

    assert gettext.translation("django", folder, ["pl"]).gettext("Guess") == "Guess"


def test_only_what_changed_is_compiled_again(folder):
    source = folder / "pl" / "LC_MESSAGES" / "django.po"

    first, second = compile_catalogues(folder), compile_catalogues(folder)
    later = source.stat().st_mtime + 5
    os.utime(source, (later, later))
    third = compile_catalogues(folder)

    assert (first, second, third) == (1, 0, 1)


def test_nothing_half_written_is_left(folder):
    compile_catalogues(folder)

    assert {path.name for path in folder.rglob("*.*")} == {"django.po", "django.mo"}


def test_eight_languages_are_offered(settings):
    assert len(LANGUAGE_CODES) == 8
    assert [code for code, _name in settings.LANGUAGES] == LANGUAGE_CODES
    assert set(settings.MODELTRANSLATION_LANGUAGES) == set(LANGUAGE_CODES)


@pytest.mark.parametrize("language", [code for code in LANGUAGE_CODES if code != "en"])
def test_each_language_has_a_catalogue_with_djangos_own_plural_rule(language):
    ours = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))
    djangos = polib.pofile(str(DJANGO_LOCALE / language / "LC_MESSAGES" / "django.po"))

    assert ours.metadata["Plural-Forms"] == djangos.metadata["Plural-Forms"]
    assert ours.find("The offer fits the request."), "words of the pure cores are collected too"
