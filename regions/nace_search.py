"""Finds branches by the words that people use for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tibs.core.search_text import fold

MOST_WORDS = 6
SHORTEST_STEM = 4
ENDING = 2


@dataclass(frozen=True)
class Branch:
    """One NACE code as the search reads it: its label in the reader's language and in English, either may be ''."""

    code: str
    label: str
    label_en: str

    @property
    def shown(self) -> str:
        return self.label or self.label_en


def best_branches(branches: Iterable[Branch], words: str, most: int) -> list[Branch]:
    """The branches that fit, best first: those with most of the words in a label, or whose code begins so.

    A word is found in any form of it: in one that begins like it, but for two letters of its ending. So Polish
    `meble` finds `mebli`. Of branches with the same label only the widest is given.
    """
    asked = [word for word in fold(words).split() if len(word) > 1][:MOST_WORDS]
    ranked = [(place, branch) for branch in branches if (place := _place(branch, asked))]
    ranked.sort(key=lambda pair: (pair[0], pair[1].code))
    distinct = {branch.shown: branch for _, branch in reversed(ranked)}
    return [branch for _, branch in ranked if distinct[branch.shown] is branch][:most]


def _place(branch: Branch, asked: Sequence[str]) -> tuple[int, int, int] | None:
    """Where a branch comes in the answer: few missing words first, then short labels; None without any word."""
    if len(asked) == 1 and branch.code.startswith(asked[0]):
        return (0, len(branch.code), 0)
    words = [_bare(word) for word in fold(f"{branch.label} {branch.label_en}").split()]
    found = sum(any(known.startswith(_stem(word)) for known in words) for word in asked)
    if not found:
        return None
    exact = sum(word in words for word in asked)
    return (len(asked) - found, len(branch.shown.split()), -exact)


def _stem(word: str) -> str:
    return word[: max(SHORTEST_STEM, len(word) - ENDING)]


def _bare(word: str) -> str:
    return word.strip(".,;:()-")
