"""Ranks brokers as second readers of a text from another country: who reads its language, knows its domain, has time.

Pure: values in, values out. Codes of countries and languages have two letters; codes of domains are theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from brokers.routing import Reason

# What counts how much; they add up to 100 points.
LANGUAGE, DOMAIN, ROOM = 50.0, 30.0, 20.0
# How well a translation serves a reader who does not know the original's language.
TRANSLATED = 0.7


class Code(StrEnum):
    """Why a second reader was chosen, for machines; interfaces have the sentences."""

    READS_ORIGINAL = "reads_original"
    READS_TRANSLATION = "reads_translation"
    READS_NOTHING = "reads_nothing"
    KNOWS_DOMAIN = "knows_domain"
    READINGS = "readings"
    READER_AWAY = "reader_away"
    CHOSEN_BY_HAND = "chosen_by_hand"


@dataclass(frozen=True)
class Words:
    """What is to be read: from which country, in which languages, `original` first among them; `domain` may be ''."""

    country: str
    original: str
    languages: frozenset[str]
    domain: str


@dataclass(frozen=True)
class Reader:
    """A broker as the ranking sees one; `open_readings` counts what the broker was asked to read and has not."""

    id: int
    country: str
    languages: frozenset[str]
    domains: frozenset[str]
    open_readings: int
    is_away: bool


@dataclass(frozen=True)
class Ranked:
    """A reader with points (0 to 100) and the reasons for them."""

    id: int
    points: float
    can_read: bool
    reasons: tuple[Reason, ...]


def rank(words: Words, readers: Iterable[Reader]) -> list[Ranked]:
    """All readers of other countries, the best first; the order of the input does not matter.

    Who can read the words and is there comes first, then points; equal ones go by id.
    """
    abroad = [reader for reader in readers if reader.country != words.country]
    scored = [(reader, _scored(words, reader)) for reader in abroad]
    scored.sort(
        key=lambda pair: (
            not pair[1].can_read,
            pair[0].is_away,
            -round(pair[1].points, 6),
            pair[1].id,
        )
    )
    return [ranked for _reader, ranked in scored]


def _scored(words: Words, reader: Reader) -> Ranked:
    reads = _reads(words, reader)
    knows = bool(words.domain) and words.domain in reader.domains
    points = LANGUAGE * reads + DOMAIN * knows + ROOM / (1 + reader.open_readings)
    return Ranked(reader.id, points, reads > 0, tuple(_reasons(words, reader, reads, knows=knows)))


def _reads(words: Words, reader: Reader) -> float:
    if words.original in reader.languages:
        return 1.0
    return TRANSLATED if words.languages & reader.languages else 0.0


def _reasons(words: Words, reader: Reader, reads: float, *, knows: bool) -> Iterable[Reason]:
    if reads == 1:
        yield Reason(Code.READS_ORIGINAL, (("language", words.original),))
    elif reads:
        shared = sorted(words.languages & reader.languages)
        yield Reason(Code.READS_TRANSLATION, (("language", shared[0]),))
    else:
        yield Reason(Code.READS_NOTHING, (("language", words.original),))
    if knows:
        yield Reason(Code.KNOWS_DOMAIN, (("domain", words.domain),))
    yield Reason(Code.READINGS, (("number", reader.open_readings),))
    if reader.is_away:
        yield Reason(Code.READER_AWAY)
