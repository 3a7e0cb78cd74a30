"""What a match card shows, in words: filled by the matching pages, drawn by one template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tibs.rendering.bars import Bars


@dataclass(frozen=True)
class Quote:
    """A sentence of a profile, word for word, and the code of the language that it is written in."""

    text: str
    language: str


@dataclass(frozen=True)
class Direction:
    """One way of a match: what one side seeks beside what the other offers.

    `seeks_is_ours` says which side is the reader's own; a quote is None where that side is silent, and
    `gap` then says so in a sentence.
    """

    seeks_is_ours: bool
    seeks: Quote | None
    offers: Quote | None
    score: float
    gap: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a match stands for the reader's own side, the profile `side` of the firm `side_name`.

    `decided` is a code ('' before), `sentence` says it in words with who and when, `changed` what is different since.
    """

    side: str
    side_name: str
    side_url: str
    introduce_url: str
    decided: str = ""
    sentence: str = ""
    changed: str = ""


@dataclass(frozen=True)
class MatchCard:
    """One ranked partner of `own_name`, as its reader may see it.

    `stacked` and `signed` are the same contributions, which add up to `score`: as one bar, and part by part.
    `name` is the heading: the firm, or what an anonymous profile is about, written in `name_language`. In
    sentences the partner is called `partner_name`. `notice` says what the reader must know about the score.
    """

    public_id: str
    rank: int
    own_name: str
    name: str
    country: str
    score: float
    directions: Sequence[Direction]
    stacked: Bars
    signed: Bars
    name_language: str = ""
    partner_name: str = ""
    title: Quote | None = None
    region: str = ""
    branch: str = ""
    website: str = ""
    url: str = ""
    score_word: str = ""
    is_weak: bool = False
    reasons: Sequence[str] = ()
    weakest: str = ""
    missing: str = ""
    shared_code: str = ""
    updated_date: date | None = None
    is_public_source: bool = False
    is_anonymous: bool = False
    notice: str = ""
    capacity: str = ""
    standing: Standing | None = None
