"""A text as words with their places: folded for comparing, in the original for showing."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Letters that do not decompose into a base letter and an accent.
LETTERS = {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "ı": "i"}
SENTENCE_ENDS = frozenset(".!?:;•\n")
# From this length on a name may stand in another case: `Stolarnia` as `Stolarnią`, `Kymen Saha` as `Kymen Sahan`.
INFLECTED_FROM = 5
LONGEST_ENDING = 4


@dataclass(frozen=True)
class Word:
    """One word: `folded` in lower case without accents; `start` and `end` in the text."""

    folded: str
    start: int
    end: int
    is_capital: bool
    begins_sentence: bool


def fold(text: str) -> str:
    """Lower case without accents, letter by letter: `Łódź` becomes `lodz`."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(LETTERS.get(letter, letter) for letter in lowered)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(text: str) -> list[Word]:
    """All words of a text in their order; digits count as letters, and an apostrophe parts."""
    found: list[Word] = []
    begins = True
    for start, end in _runs(text):
        gap = text[found[-1].end : start] if found else ""
        begins = not found or any(letter in SENTENCE_ENDS for letter in gap)
        found.append(Word(fold(text[start:end]), start, end, text[start].isupper(), begins))
    return found


def matches(word: Word, name: str) -> bool:
    """Whether a word is `name` (folded), or one of its cases."""
    if word.folded == name:
        return True
    if len(name) < INFLECTED_FROM:
        return False
    stem = name[:-1] if len(name) < 7 else name[:-2]
    return word.folded.startswith(stem) and len(word.folded) <= len(name) + LONGEST_ENDING


def places_of(words: Sequence[Word], names: Sequence[str]) -> Iterator[tuple[Word, Word]]:
    """First and last word of each place where `names` (folded) follow each other, in whatever case."""
    for place in range(len(words) - len(names) + 1):
        run = words[place : place + len(names)]
        if all(matches(word, name) for word, name in zip(run, names, strict=True)):
            yield run[0], run[-1]


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence; a list item is one, and `3.5` does not end one."""
    ends = [0]
    for place, letter in enumerate(text):
        is_last = place + 1 == len(text)
        if letter in "!?\n•" or (letter == "." and (is_last or text[place + 1].isspace())):
            ends.append(place + 1)
    ends.append(len(text))
    return [(start, end) for start, end in pairwise(ends) if text[start:end].strip()]


def _runs(text: str) -> Iterator[tuple[int, int]]:
    start = -1
    for place, letter in enumerate(text):
        inside = letter.isalnum() or unicodedata.combining(letter) or letter == "_"
        if inside and start < 0:
            start = place
        elif not inside and start >= 0:
            yield start, place
            start = -1
    if start >= 0:
        yield start, len(text)
