"""What gives a company away before both firms agreed: names, people, places, numbers and addresses."""

import re
from collections.abc import Iterable, Iterator

from companies.profiles.findings import Finding, Identity, Severity
from companies.profiles.lexicon import BRAND_WORDS, GENERIC
from companies.profiles.reading import Word, fold, places_of, words_of

SHORTEST_PART = 4
TOP_LEVELS = "com|net|org|eu|info|biz|io|app|shop|pl|fi|dk|de|ee|lt|lv|se|no|uk|ru|cz|ai|co|tech|group|online"
# In the order in which they are looked for: an e-mail holds a domain, and a web address may hold digits.
PATTERNS: list[tuple[str, Severity, re.Pattern[str]]] = [
    (code, Severity.BLOCKER, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("email", r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63})+"),
        ("web", r"(?:https?://|www\.)[^\s<>\"]+"),
        (
            "web",
            rf"(?<![\w@./-])(?!(?:asp|vb|ado|ml)\.net\b)[a-z0-9][a-z0-9-]{{1,62}}(?:\.[a-z0-9-]{{2,63}})*"
            rf"\.(?:{TOP_LEVELS})(?![\w-]|\.\w)(?:/[^\s<>\"]*)?",
        ),
        ("phone", r"(?<![\w.+])(?:\+|00)[1-9][0-9]{0,2}[\s()/.-]{0,3}(?:[0-9][\s()/.-]{0,2}){6,12}[0-9]"),
        (
            "phone",
            r"\b(?:tel|telefon|phone|puh|puhelin|tlf|tālr|tel nr|mob|gsm|fax)\b[.:\s]{1,3}"
            r"(?:[0-9][\s()/.-]{0,2}){5,12}[0-9]",
        ),
        (
            "number",
            r"\b(?:HR[AB]\s?[0-9]{2,6}|(?:KRS|NIP|REGON|CVR|Y-tunnus|USt-?IdNr)\b[.:\s-]{0,3}[0-9][0-9 -]{5,13})",
        ),
        (
            "number",
            r"\b(?:PL ?[0-9]{10}|FI ?[0-9]{8}|DK ?[0-9]{8}|DE ?[0-9]{9}|EE ?[0-9]{9}|"
            r"LT ?(?:[0-9]{12}|[0-9]{9})|LV ?[0-9]{11})\b",
        ),
        (
            "address",
            r"\b(?:(?:ul|al|pl|os)\.\s?\w[\w .-]{2,30}?|[\w-]{3,25}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|"
            r"katu|kuja|väylä|vej|gade|gatan|vägen)|[\w-]{3,25}\s(?:g\.|pr\.|iela|bulvāris|prospekts|tn|tee|mnt|pst|street|road|avenue))"
            r"\s[0-9]{1,4}[a-z]?\b",
        ),
    )
]
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
        *_patterns(field, text),
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
            blocks = part == telling[0] and language != "de" and not _is_of_a_town(part, identity)
            severity = Severity.BLOCKER if blocks else Severity.MAJOR
            places = (place for place in places_of(words, [part]) if _is_name(place[0], words))
            yield from _found("name_part", severity, field, places)
    labels = {fold(domain.partition(".")[0]) for domain in identity.domains}
    own = [(word, word) for word in words if word.folded in labels and len(word.folded) >= SHORTEST_PART]
    yield from _found("name", Severity.BLOCKER, field, [place for place in own if _is_name(place[0], words)])


def _is_of_a_town(part: str, identity: Identity) -> bool:
    """Whether a word of the name is the firm's town, as in `Tallinna Vesi`: a place alone only advises."""
    towns = [fold(town) for town in identity.towns]
    return any(town.startswith(part[: max(SHORTEST_PART, len(part) - 2)]) for town in towns)


def _whole_names(words: list[Word], parts: list[str]) -> Iterator[tuple[Word, Word]]:
    if not parts:
        return
    if len(parts) == 1:
        yield from (place for place in places_of(words, parts) if _is_name(place[0], words, alone=True))
        return
    yield from places_of(words, parts)
    yield from places_of(words, ["".join(parts)])


def _is_name(word: Word, words: list[Word], *, alone: bool = False) -> bool:
    """Whether a word is used as a name: written with a capital letter, and nowhere in the text without one.

    At the beginning of a sentence every word has one, so only the whole name of a company counts there.
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
            family = [place for place in places_of(words, names[-1:]) if _is_name(place[0], words)]
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


def _patterns(field: str, text: str) -> Iterator[Finding]:
    for code, severity, pattern in PATTERNS:
        for found in pattern.finditer(text):
            yield Finding(code, severity, field, *found.span())


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
