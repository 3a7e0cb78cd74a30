"""Whether a registration looks as if a program had written it: then a person looks at it first. Pure functions."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

# Nobody fills in all sections in less; programs need no time to read.
LEAST_SECONDS = 20
MOST_LINKS = 2
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
MARKUP = re.compile(r"<\s*/?\s*[a-z]|\[\s*/?\s*(?:url|link|img)\b|\]\(http", re.IGNORECASE)
# Answers of one line, in which nobody writes an address.
NAMES = (
    ("about", "name"),
    ("about", "job_title"),
    ("company", "name"),
    ("place", "street"),
    ("place", "city"),
)
WORDS = (("activity", "description"), ("wishes", "needs"))


def suspicion(answers: Mapping[str, Mapping[str, Any]], seconds: float) -> str:
    """A code that says what is odd about `answers`, which took `seconds` from the first section to the last; or ''."""
    names, words = list(_texts(answers, NAMES)), list(_texts(answers, WORDS))
    if any(LINK.search(text) for text in names):
        return "link_in_name"
    if any(MARKUP.search(text) for text in (*names, *words)):
        return "markup"
    if sum(len(LINK.findall(text)) for text in words) > MOST_LINKS:
        return "many_links"
    if len(names) > 2 and len({text.casefold() for text in names}) == 1:
        return "same_words"
    return "too_quick" if seconds < LEAST_SECONDS else ""


def _texts(answers: Mapping[str, Mapping[str, Any]], places: Iterable[tuple[str, str]]) -> Iterable[str]:
    for section, name in places:
        if text := str(answers.get(section, {}).get(name) or "").strip():
            yield text
