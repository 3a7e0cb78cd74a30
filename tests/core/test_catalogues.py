"""Catalogues compiled without gettext on the machine."""

import gettext
import os
from pathlib import Path

import django
import polib
import pytest

from tibs.core.catalogues import catalogues, compile_catalogues
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
def project(tmp_path):
    written(tmp_path)
    return tmp_path


@pytest.fixture
def folder(project):
    return project / "locale"


def written(project, app="."):
    source = project / app / "locale" / "pl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(POLISH, encoding="utf-8")
    return source


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "dopasowanie"), (2, "dopasowania"), (5, "dopasowań"), (12, "dopasowań"), (22, "dopasowania")],
)
def test_polish_plural_rules_are_kept(project, folder, count, expected):
    compile_catalogues(project)

    polish = gettext.translation("django", folder, ["pl"])

    assert polish.ngettext("%(count)s match", "%(count)s matches", count) == f"%(count)s {expected}"


def test_guesses_are_not_shown(project, folder):
    compile_catalogues(project)

    assert gettext.translation("django", folder, ["pl"]).gettext("Guess") == "Guess"


def test_only_what_changed_is_compiled_again(project):
    of_an_app = written(project, "companies")

    first, second = compile_catalogues(project), compile_catalogues(project)
    later = of_an_app.stat().st_mtime + 5
    os.utime(of_an_app, (later, later))
    third = compile_catalogues(project)

    assert (first, second, third) == (2, 0, 1)


def test_nothing_half_written_is_left(project, folder):
    compile_catalogues(project)

    assert {path.name for path in folder.rglob("*.*")} == {"django.po", "django.mo"}


def test_eight_languages_are_offered(settings):
    assert len(LANGUAGE_CODES) == 8
    assert [code for code, _name in settings.LANGUAGES] == LANGUAGE_CODES
    assert set(settings.MODELTRANSLATION_LANGUAGES) == set(LANGUAGE_CODES)


@pytest.mark.parametrize("language", [code for code in LANGUAGE_CODES if code != "en"])
def test_each_catalogue_has_djangos_own_plural_rule(language):
    djangos = polib.pofile(str(DJANGO_LOCALE / language / "LC_MESSAGES" / "django.po"))

    rules = [polib.pofile(str(path)).metadata["Plural-Forms"] for path in catalogues(language)]

    assert len(rules) > 1
    assert set(rules) == {djangos.metadata["Plural-Forms"]}


def test_words_of_the_pure_cores_are_collected_too():
    words = [polib.pofile(str(path)).find("The offer fits the request.") for path in catalogues("pl")]

    assert any(words)
