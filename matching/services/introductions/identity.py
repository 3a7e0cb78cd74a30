"""Whether a text gives away who wrote it."""

import re

from companies.identity import name_key
from companies.models import Company
from tibs.core.search_text import fold

# An address of mail or the web, and a number that somebody can call.
PATTERNS = (
    re.compile(r"\S+@\S+"),
    re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    re.compile(r"\+\d[\d\s()/.-]{6,}\d"),
)
SEPARATORS = re.compile(r"[\W_]+")
SHORTEST_NAME = 4


def leaks_in(text: str, company: Company) -> list[str]:
    """The words of a text by which a reader could find the company: its name, its people, its addresses."""
    found = [match.group() for pattern in PATTERNS for match in pattern.finditer(text)]
    plain = f" {_plain(text)} "
    for name in _names(company):
        if len(name) >= SHORTEST_NAME and f" {name} " in plain:
            found.append(name)
    return found


def _names(company: Company) -> list[str]:
    people = [name_key(name) for name in company.contacts.values_list("name", flat=True)]
    return [name_key(company.name), _plain(company.web_domain), *people]


def _plain(text: str) -> str:
    return SEPARATORS.sub(" ", fold(text)).strip()
