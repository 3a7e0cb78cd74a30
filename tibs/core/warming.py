"""What a process reads before it serves anybody: whoever came first would wait some seconds for it otherwise."""

from pathlib import Path

from django.template import engines
from django.urls import get_resolver
from django.utils import translation

from tibs.core.languages import LANGUAGE_CODES

PAGES = (".html", ".txt", ".xml")


def load_pages() -> None:
    """Import every view, compile every template, and read every language and its addresses.

    It opens no connection and starts no thread, so that a server may do it once, before it forks.
    """
    resolver = get_resolver()
    for template in _templates():
        engines["django"].get_template(template)
    for language in LANGUAGE_CODES:
        with translation.override(language):
            translation.gettext("")
            resolver.reverse_dict  # noqa: B018  # reading it builds it, for each language anew


def _templates() -> list[str]:
    folders = [Path(folder) for folder in engines["django"].dirs]
    return [
        str(file.relative_to(folder))
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix in PAGES
    ]
