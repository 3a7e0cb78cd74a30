"""All checks of one profile, and those of one part while it is written."""

from collections.abc import Iterator

from companies.profiles.findings import Draft, Facts, Finding, Identity, Severity, Text
from companies.profiles.leaks import leaks, leaks_of_address
from companies.profiles.style import (
    OFFERS,
    bare_claims,
    contradictions,
    first_person,
    repetitions,
    vague_role,
)

LONGEST = {
    "title": 256,
    "summary": 500,
    "offered": 4000,
    "sought": 4000,
    "advantages": 2000,
    "technical": 2000,
}
MOST_WAYS = 3
SHORTEST_TITLE = 20
# What each type must say before somebody else reads it, beside title and summary (Enterprise Europe Network, form v3).
REQUIRED: dict[str, tuple[str, ...]] = {
    "BO": ("offered", "sought", "advantages"),
    "TO": ("offered", "sought", "advantages", "development", "protection"),
    "BR": ("sought", "technical"),
    "TR": ("sought", "technical"),
    "RDR": ("sought", "call"),
}
# What stands in English at least, which brokers of all countries read; the rest comes in the original without it.
ENGLISH = ("title", "summary")
REQUIRED_OF_ALL = ("title", "summary", "cooperation_types", "partner_kinds", "keywords")
ORDER = list(Severity)


def check(draft: Draft) -> list[Finding]:
    """Everything that the checks find in a profile: first what blocks, within a severity in the order of the form."""
    found = [*missing(draft), *_of_facts(draft.facts)]
    for text in draft.texts:
        for field, words in text.parts.items():
            found += check_part(draft.facts, field, words, text.language, draft.identity)
        found += repetitions(dict(text.parts), text.language)
    found += _leaks_of_facts(draft)
    if _lacks_english(draft):
        found.append(Finding("no_english", Severity.BLOCKER, "language"))
    return sorted(found, key=lambda one: ORDER.index(one.severity))


def giveaways(draft: Draft) -> list[Finding]:
    """Of what the checks find only the passages that give the company away, in the order of the form."""
    found = [
        finding
        for text in draft.texts
        for field, words in text.parts.items()
        for finding in leaks(field, words, draft.identity, text.language)
    ]
    return [one for one in (*found, *_leaks_of_facts(draft)) if one.severity == Severity.BLOCKER]


def check_part(facts: Facts, field: str, words: str, language: str, identity: Identity) -> list[Finding]:
    """What is to be said of one part, for instance while somebody writes it."""
    most = LONGEST.get(field, max(LONGEST.values()))
    if len(words) > most:
        return [Finding("too_long", Severity.BLOCKER, field, most, len(words), "", language, len(words))]
    found = [
        *leaks(field, words, identity, language),
        *first_person(field, words, language),
        *bare_claims(field, words, language),
    ]
    if field != "technical":
        found += contradictions(facts, field, words, language)
    if field == "sought":
        found += vague_role(field, words, language)
    if field == "title" and 0 < len(words.strip()) < SHORTEST_TITLE:
        found.append(Finding("short_title", Severity.MINOR, field, language=language))
    return found


def missing(draft: Draft) -> list[Finding]:
    """What the type demands and the original does not say yet."""
    original = next((text for text in draft.texts if text.is_original), Text("", {}))
    demanded = (*REQUIRED_OF_ALL, *REQUIRED.get(draft.facts.type, ()))
    return [
        Finding("no_role" if _is_role(field, draft.facts) else "missing", Severity.BLOCKER, field)
        for field in demanded
        if not (original.parts[field].strip() if field in original.parts else getattr(draft.facts, field, ""))
    ]


def _lacks_english(draft: Draft) -> bool:
    """Whether the translation into English is missing, or its title or summary; what the original lacks is told
    apart."""
    english = next((text for text in draft.texts if text.language == "en"), Text("en", {}, is_original=False))
    if english.is_original:
        return False
    return not all(english.parts.get(part, "").strip() for part in ENGLISH)


def _is_role(field: str, facts: Facts) -> bool:
    return field == "sought" and facts.type in OFFERS


def _leaks_of_facts(draft: Draft) -> Iterator[Finding]:
    """Keywords and call stand on the public page, too; the call's own web address is no leak."""
    yield from leaks("keywords", ", ".join(draft.facts.keywords), draft.identity)
    for field, words in draft.call.items():
        if field == "call_website":
            yield from leaks_of_address(field, words, draft.identity)
        else:
            yield from leaks(field, words, draft.identity)


def _of_facts(facts: Facts) -> Iterator[Finding]:
    if len(facts.cooperation_types) > MOST_WAYS:
        yield Finding("many_ways", Severity.MAJOR, "cooperation_types", number=len(facts.cooperation_types))
    if facts.type == "RDR" and facts.cooperation_types and "RND" not in facts.cooperation_types:
        yield Finding("not_research", Severity.MAJOR, "cooperation_types")
