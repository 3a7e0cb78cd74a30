"""What the checks take and what they give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """A blocker stops a profile before it is read by anybody else; the others are advice."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `start` and `end` are positions in the text of `field`, both 0 where it concerns all of it.

    `quote` holds the words that were found. `number` is a count where the sentence says one.
    """

    code: str
    severity: Severity
    field: str
    start: int = 0
    end: int = 0
    quote: str = ""
    language: str = ""
    number: int = 0


@dataclass(frozen=True)
class Text:
    """One language of a profile: the parts by the names of its fields."""

    language: str
    parts: Mapping[str, str]
    is_original: bool = True


@dataclass(frozen=True)
class Identity:
    """By what a company is known. Names stand without legal forms, numbers as they are stored."""

    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What a profile says outside of its texts; `call` tells whether its call for proposals is described."""

    type: str
    cooperation_types: tuple[str, ...] = ()
    partner_kinds: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    development: str = ""
    protection: str = ""
    call: bool = False


@dataclass(frozen=True)
class Draft:
    """A profile as the checks see it. `call` is what it says of its call for proposals, by the fields of the form."""

    facts: Facts
    texts: tuple[Text, ...]
    identity: Identity = field(default_factory=Identity)
    call: Mapping[str, str] = field(default_factory=dict)
