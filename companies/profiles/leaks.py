"""What gives a company away before both firms agreed: names, people, places, numbers and addresses."""

import re
from collections.abc import Iterable, Iterator

from companies.profiles.findings import Finding, Identity, Severity
from companies.profiles.lexicon import BRAND_WORDS, GENERIC
from companies.profiles.patterns import addresses_and_numbers, bare_numbers
from companies.profiles.reading import Word, fold, places_of, words_of

SHORTEST_PART = 4
# Parts of a web address that name no firm.
COMMON_LABELS = frozenset(
    {"shop", "store", "info", "home", "blog", "mail", "page", "site", "sites", "facebook", "linkedin"}
)
DIGITS = re.compile(r"[0-9](?:[\s()/.-]{0,3}[0-9]){6,18}")
# By its last digits a number is known again with and without the code of its country or town.
TELLING_DIGITS = 7
MARKED = re.compile(r"([\w-]{2,40})\s?[®™]|([®™])")
QUOTED = re.compile(
    rf"\b(?:{BRAND_WORDS})\w{{0,8}}\s(?:\w{{1,12}}\s)?[\"“”„'‘«]([^\"“”„'’»\n]{{2,40}})[\"“”'’»]",
    re.IGNORECASE,
)


def leaks(field: str, text: str, identity: Identity, language: str = "") -> list[Finding]:
    """Everything in one part of a text by which somebody could find the company, each place once, in order.

    A town, a brand and a single word of a longer name may be innocent: they are advice. All else blocks.
    """
    words = words_of(text)
    found = [
        *_names(field, words, identity, language),
        *_people(field, words, identity),
        *_places(field, words, identity),
        *_numbers(field, text, identity),
        *_phones(field, text, identity),
        *addresses_and_numbers(field, text),
        *bare_numbers(field, text),
        *_own_brands(field, words, identity),
        *_brands(field, text),
    ]
    return [_quoting(finding, text, language) for finding in _without_overlaps(found)]


def leaks_of_address(field: str, address: str, identity: Identity) -> list[Finding]:
    """What names the company or its people in a web address that may stand there; letter case says nothing in one."""
    words = words_of(address)
    whole = [_folded_words(name) for name in identity.names]
    domains = [parts for domain in identity.domains if (parts := _folded_words(domain))]
    names = [*whole, *(["".join(parts)] for parts in whole), *domains, *(parts[:1] for parts in domains)]
    people = [parts for person in identity.people if len(parts := _folded_words(person)) > 1]
    found = [
        *(one for parts in names for one in _written(field, "name", words, parts)),
        *(one for parts in people for one in _written(field, "person", words, parts)),
        *(one for parts in people for one in _written(field, "person", words, parts[::-1])),
    ]
    return [_quoting(finding, address, "") for finding in _without_overlaps(found)]


def _written(field: str, code: str, words: list[Word], parts: list[str]) -> Iterator[Finding]:
    """Where `parts` follow each other in an address, unless they are too short to tell anything."""
    if len("".join(parts)) >= SHORTEST_PART:
        yield from _found(code, Severity.BLOCKER, field, places_of(words, parts))


def _names(field: str, words: list[Word], identity: Identity, language: str) -> Iterator[Finding]:
    for name in identity.names:
        parts = _folded_words(name)
        yield from _found("name", Severity.BLOCKER, field, _whole_names(words, parts))
        telling = [part for part in parts if len(part) >= SHORTEST_PART and part not in GENERIC]
        for part in telling if len(parts) > 1 else ():
            # The first telling word is what people call a firm; in German every noun has a capital letter.
            is_first = part == telling[0]
            blocks = is_first and language != "de" and not _is_of_a_town(part, identity)
            severity = Severity.BLOCKER if blocks else Severity.MAJOR
            places = list(places_of(words, [part]))
            yield from _found("name_part", severity, field, _names_among(places, words))
            if is_first:
                yield from _found("name_part", Severity.MAJOR, field, _names_among(places, words, alone=True))
    for label in _labels(identity):
        severity = Severity.MAJOR if _is_of_a_town("".join(label), identity) else Severity.BLOCKER
        runs = [label, ["".join(label)]] if len(label) > 1 else [label]
        places = [place for run in runs for place in places_of(words, run) if _is_label(place, run)]
        yield from _found("name", severity, field, places)


def _labels(identity: Identity) -> Iterator[list[str]]:
    """The parts of the company's web addresses that nobody else has, as folded words; nothing that means a trade."""
    for domain in identity.domains:
        for label in domain.split(".")[:-1]:
            parts = _folded_words(label)
            joined = "".join(parts)
            if len(joined) >= SHORTEST_PART and joined not in GENERIC | COMMON_LABELS:
                yield parts


def _is_label(place: tuple[Word, Word], run: list[str]) -> bool:
    """With a small letter only the label itself counts: what looks like a case of it may be a word of the language."""
    first, last = place
    return first.is_capital or (first.folded == run[0] and last.folded == run[-1])


def _names_among(
    places: Iterable[tuple[Word, Word]], words: list[Word], *, alone: bool = False
) -> Iterator[tuple[Word, Word]]:
    return (place for place in places if _is_name(place[0], words, alone=alone))


def _is_of_a_town(part: str, identity: Identity) -> bool:
    """Whether a word of the name is the firm's town, as in `Tallinna Vesi`: a place alone only advises."""
    towns = [fold(town) for town in identity.towns]
    return any(town.startswith(part[: max(SHORTEST_PART, len(part) - 2)]) for town in towns)


def _whole_names(words: list[Word], parts: list[str]) -> Iterator[tuple[Word, Word]]:
    if not parts:
        return
    if len(parts) == 1:
        yield from _names_among(places_of(words, parts), words, alone=True)
        return
    yield from places_of(words, parts)
    yield from places_of(words, ["".join(parts)])


def _is_name(word: Word, words: list[Word], *, alone: bool = False) -> bool:
    """Whether a word is used as a name: written with a capital letter, and nowhere in the text without one.

    At the beginning of a sentence every word has one, so there only what stands `alone` for somebody counts: the whole
    name of a company, a family name, and, as advice, the word by which people call a firm.
    """
    if not word.is_capital or (word.begins_sentence and not alone):
        return False
    return not any(other.folded == word.folded and not other.is_capital for other in words)


def _people(field: str, words: list[Word], identity: Identity) -> Iterator[Finding]:
    for person in identity.people:
        names = _folded_words(person)
        if len(names) < 2:
            continue
        yield from _found("person", Severity.BLOCKER, field, places_of(words, names))
        yield from _found("person", Severity.BLOCKER, field, places_of(words, names[::-1]))
        if len(names[-1]) >= SHORTEST_PART:
            family = _names_among(places_of(words, names[-1:]), words, alone=True)
            yield from _found("person_part", Severity.MAJOR, field, family)


def _places(field: str, words: list[Word], identity: Identity) -> Iterator[Finding]:
    for street in identity.streets:
        if len(names := _folded_words(street)) > 1:
            yield from _found("address", Severity.BLOCKER, field, places_of(words, names))
    for town in identity.towns:
        if names := _folded_words(town):
            places = [place for place in places_of(words, names) if place[0].is_capital]
            yield from _found("town", Severity.MAJOR, field, places)


def _numbers(field: str, text: str, identity: Identity) -> Iterator[Finding]:
    for number in identity.numbers:
        signs = re.sub(r"\W", "", number)
        if len(signs) >= 6:
            pattern = r"[\s.-]?".join(map(re.escape, signs))
            for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
                yield Finding("number", Severity.BLOCKER, field, *found.span())


def _phones(field: str, text: str, identity: Identity) -> Iterator[Finding]:
    """The company's own numbers, by their digits: `+48 601 234 567` stands as `601-234-567`, too."""
    numbers = [re.sub(r"\D", "", run) for phone in identity.phones for run in DIGITS.findall(phone)]
    for found in DIGITS.finditer(text) if numbers else ():
        digits = re.sub(r"\D", "", found[0])
        if any(number[-TELLING_DIGITS:] in digits for number in numbers):
            yield Finding("phone", Severity.BLOCKER, field, *found.span())


def _own_brands(field: str, words: list[Word], identity: Identity) -> Iterator[Finding]:
    """Only the whole of a brand, written as a name: its parts, and often its words, are words of the trade."""
    for own in map(words_of, identity.brands):
        if own:
            places = places_of(words, [word.folded for word in own])
            alike = (place for place in places if _is_written_alike(place, own, words))
            yield from _found("own_brand", Severity.BLOCKER, field, alike)


def _is_written_alike(place: tuple[Word, Word], own: list[Word], words: list[Word]) -> bool:
    """Whether a place has the capital letters of the brand; one word with a capital must be used as a name."""
    if len(own) == 1 and own[0].is_capital:
        return _is_name(place[0], words, alone=True)
    return place[0].is_capital >= own[0].is_capital and place[1].is_capital >= own[-1].is_capital


def _brands(field: str, text: str) -> Iterator[Finding]:
    for pattern in (MARKED, QUOTED):
        for found in pattern.finditer(text):
            yield Finding("brand", Severity.MAJOR, field, *found.span())


def _found(
    code: str, severity: Severity, field: str, places: Iterable[tuple[Word, Word]]
) -> Iterator[Finding]:
    for first, last in places:
        yield Finding(code, severity, field, first.start, last.end)


def _folded_words(text: str) -> list[str]:
    return [word.folded for word in words_of(text)]


def _without_overlaps(found: list[Finding]) -> list[Finding]:
    """Of findings that share letters the more severe stays, then the longer one."""
    order = list(Severity)
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda one: (order.index(one.severity), one.start - one.end)):
        if all(finding.end <= other.start or finding.start >= other.end for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda one: one.start)


def _quoting(finding: Finding, text: str, language: str) -> Finding:
    quote = text[finding.start : finding.end]
    return Finding(finding.code, finding.severity, finding.field, finding.start, finding.end, quote, language)
