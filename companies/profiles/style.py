"""Words that do not convince: who speaks, what is claimed, and what is said twice."""

import re
from collections.abc import Iterator

from companies.profiles.findings import Facts, Finding, Severity
from companies.profiles.lexicon import (
    BUYERS,
    ENDINGS,
    EVIDENCE,
    FIRST_PERSON,
    LOOKS_FOR,
    NOT_FIRST_PERSON,
    PARTNERS,
    SELLERS,
    SUPERLATIVES,
)
from companies.profiles.reading import Word, sentences_of, words_of

OFFERS = frozenset({"BO", "TO"})
# So many letters may stand between "looks for" and whom.
NEAR = 60
MOST_ALIKE = 0.8
SHORTEST_ROLE = 60


def first_person(field: str, text: str, language: str) -> Iterator[Finding]:
    """Every "we", "you" and "our", in the words and endings of the text's language."""
    said, ending = FIRST_PERSON.get(language, frozenset()), ENDINGS.get(language)
    for word in words_of(text):
        by_ending = ending and ending.fullmatch(word.folded) and word.folded not in NOT_FIRST_PERSON
        if (word.folded in said or by_ending) and not _is_part_of_a_name(word, text, language):
            yield _finding("first_person", Severity.MINOR, field, text, language, word.start, word.end)


def _is_part_of_a_name(word: Word, text: str, language: str) -> bool:
    """`US`, `do-it-yourself`, and in English a capital letter within a sentence, as in `Our World`."""
    is_abbreviation = text[word.start : word.end].isupper() and word.end - word.start > 1
    is_joined = word.start > 0 and text[word.start - 1] in "-&"
    return is_abbreviation or is_joined or (language == "en" and word.is_capital and not word.begins_sentence)


def bare_claims(field: str, text: str, language: str) -> Iterator[Finding]:
    """Praise in a sentence that holds no figure, test, prize, certificate or right."""
    pattern = SUPERLATIVES.get(language)
    for start, end in sentences_of(text) if pattern else ():
        sentence = text[start:end]
        found = pattern.search(sentence) if pattern else None
        if found and not EVIDENCE.search(sentence[: found.start()] + sentence[found.end() :]):
            place = (start + found.start(), start + found.end())
            yield _finding("claim", Severity.MAJOR, field, text, language, *place)


def contradictions(facts: Facts, field: str, text: str, language: str) -> Iterator[Finding]:
    """An offer that looks for sellers, or a request that looks for buyers."""
    code, whom = ("offer_buys", SELLERS) if facts.type in OFFERS else ("request_sells", BUYERS)
    if language not in whom or facts.type == "RDR":
        return
    pattern = rf"\b(?:{LOOKS_FOR[language]})\b[^.!?\n]{{0,{NEAR}}}?\b(?:{whom[language]})\b"
    if found := re.search(pattern, text, re.IGNORECASE):
        yield _finding(code, Severity.MAJOR, field, text, language, *found.span())


def vague_role(field: str, text: str, language: str) -> Iterator[Finding]:
    """A part that should say who the partner is and does, but names nobody or is a few words long."""
    partners = "|".join(words[language] for words in (PARTNERS, SELLERS, BUYERS) if language in words)
    is_named = not partners or re.search(rf"\b(?:{partners})\b", text, re.IGNORECASE)
    if text.strip() and (not is_named or len(text.strip()) < SHORTEST_ROLE):
        yield Finding("vague_role", Severity.MAJOR, field, language=language)


def repetitions(parts: dict[str, str], language: str) -> Iterator[Finding]:
    """A summary that says the title again, and a description that begins with the summary."""
    for field, other in (("summary", "title"), ("offered", "summary"), ("sought", "summary")):
        text, earlier = parts.get(field, ""), parts.get(other, "")
        if earlier.strip() and text.strip() and _is_said_again(text, earlier):
            yield Finding("repetition", Severity.MINOR, field, language=language)


def _is_said_again(text: str, earlier: str) -> bool:
    first = [word.folded for word in words_of(earlier)]
    begins = [word.folded for word in words_of(text[: 2 * len(earlier) + 40])][: len(first)]
    if len(first) < 3:
        return False
    shared = len(set(first) & set(begins))
    return shared / len(set(first)) >= MOST_ALIKE


def _finding(
    code: str, severity: Severity, field: str, text: str, language: str, start: int, end: int
) -> Finding:
    return Finding(code, severity, field, start, end, text[start:end], language)
