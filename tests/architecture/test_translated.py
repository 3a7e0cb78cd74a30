"""What small firms read stands in all eight languages: registration, consents, letters, their own pages, errors."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from tests.architecture.judging import judge
from tests.architecture.sources import ROOT, name, tree
from tibs.core.catalogues import catalogues
from tibs.core.languages import LANGUAGE_CODES

FOR_FIRMS = (
    "companies/consent_texts.py",
    "companies/choices.py",
    "companies/forms/registration*.py",
    "companies/forms/section*.py",
    "companies/forms/sme.py",
    "companies/services/consents.py",
    "companies/services/registration*.py",
    "companies/standing.py",
    "companies/views/consents.py",
    "companies/views/own.py",
    "companies/views/registration*.py",
    "companies/views/sme.py",
    "companies/wording.py",
    "templates/4*.html",
    "templates/5*.html",
    "templates/account/confirm_login_code.html",
    "templates/account/request_login_code.html",
    "templates/base*.html",
    "templates/companies/consent*.html",
    "templates/companies/messages.html",
    "templates/companies/register*.html",
    "templates/mail/account_*.txt",
    "templates/mail/lead_received_*.txt",
    "templates/mail/message_waiting_*.txt",
    "templates/mail/not_eligible_*.txt",
    "templates/mail/registration_*.txt",
    "templates/mail/retention_notice_*.txt",
    "templates/mine/*.html",
    "templates/pages/privacy.html",
    "templates/pages/terms.html",
)
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
QUOTED = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"n?gettext\(u?{QUOTED}")


def sources() -> Iterator[Path]:
    for pattern in FOR_FIRMS:
        found = sorted(ROOT.glob(pattern))
        assert found, f"Nothing is called {pattern} any more."
        yield from found


def sentences(path: Path) -> Iterator[str]:
    """The English of everything that is marked in a template or a module."""
    if path.suffix != ".py":
        yield from (ast.literal_eval(quoted) for quoted in CALL.findall(templatize(path.read_text())))
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


@pytest.mark.parametrize("language", sorted(set(LANGUAGE_CODES) - {"en"}))
def test_what_firms_read_is_translated(language):
    entries = (entry for path in catalogues(language) for entry in polib.pofile(path))
    translated = {entry.msgid for entry in entries if entry.translated()}

    breaches = {
        f"{name(path)}: {sentence[:60]}": f"is not translated into {language}"
        for path in sources()
        for sentence in sentences(path)
        if sentence not in translated
    }

    judge("translated for firms", breaches, mend="docs/recipes/mark-and-translate.md")


def test_sentences_of_templates_and_modules_are_found():
    """The test above would pass if nothing were found."""
    found = {sentence for path in sources() for sentence in sentences(path)}

    assert {"Register your company", "The consent is noted.", "Your code for TIBS"} <= found
    assert len(found) > 400
