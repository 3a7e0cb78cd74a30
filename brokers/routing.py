"""Ranks brokers for a firm that nobody serves yet: who is near, who speaks its language, who has time.

Pure: values in, values out. Codes of regions are NUTS codes, in which the code of a region begins with the code of
the region around it (`LV`, `LV0`, `LV00`, `LV00C`); codes of countries and languages have two letters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

# What counts how much; they add up to 100 points.
NEARNESS, LANGUAGE, ROOM = 50.0, 30.0, 20.0
# How near a served region is that shares so many letters with the firm's own, if it does not hold the firm.
SHARED = {4: 0.7, 3: 0.5, 2: 0.2}
SAME_COUNTRY = SHARED[2]
BRIDGE_LANGUAGE, BRIDGE = "en", 0.4


class Code(StrEnum):
    """Why a broker was proposed, for machines; interfaces have the sentences."""

    SERVES_REGION = "serves_region"
    NEAR_REGION = "near_region"
    SAME_COUNTRY = "same_country"
    SPEAKS_LANGUAGE = "speaks_language"
    BRIDGE_LANGUAGE = "bridge_language"
    OTHER_LANGUAGE = "other_language"
    LOAD = "load"
    FULL = "full"
    DEFAULT_BROKER = "default_broker"
    COORDINATOR = "coordinator"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Reason:
    """One reason and its facts: codes and whole numbers only, never a name."""

    code: StrEnum
    facts: tuple[tuple[str, str | int], ...] = ()

    def as_json(self) -> dict[str, str | int]:
        return {"code": str(self.code), **dict(self.facts)}


@dataclass(frozen=True)
class Lead:
    """A firm that looks for its broker; `region` is '' where it is not known."""

    country: str
    region: str
    language: str

    @property
    def place(self) -> str:
        return self.region or self.country


@dataclass(frozen=True)
class Candidate:
    """A broker as the ranking sees one.

    `load` and `capacity` count firms; `takes_leads` is false for those who asked for none or are away.
    """

    id: int
    languages: frozenset[str]
    regions: frozenset[str]
    load: int
    capacity: int
    takes_leads: bool = True

    @property
    def has_room(self) -> bool:
        return self.load < self.capacity


@dataclass(frozen=True)
class Ranked:
    """A broker with points (0 to 100) and the reasons for them. `fits` says that the firm may simply be sent there:
    the broker takes firms, has room, and serves a region nearer than just the same country."""

    id: int
    points: float
    fits: bool
    reasons: tuple[Reason, ...]


def rank(lead: Lead, candidates: Iterable[Candidate]) -> list[Ranked]:
    """All candidates of the lead's country, the best first; the order of the input does not matter.

    Who fits comes first, then who takes firms, then points; equal ones go by id.
    """
    scored = [
        (candidate, _scored(lead, candidate))
        for candidate in candidates
        if nearness(lead, candidate.regions) > 0
    ]
    scored.sort(
        key=lambda pair: (not pair[1].fits, not pair[0].takes_leads, -round(pair[1].points, 6), pair[1].id)
    )
    return [ranked for _candidate, ranked in scored]


def nearness(lead: Lead, regions: Iterable[str]) -> float:
    """1 where one of the served regions holds the firm, less for neighbours, 0 in other countries."""
    return max((_near(lead, served) for served in regions), default=0.0)


def _near(lead: Lead, served: str) -> float:
    if served[:2] != lead.country:
        return 0.0
    if lead.place.startswith(served):
        return 1.0
    same = takewhile(lambda letters: letters[0] == letters[1], zip(lead.place, served, strict=False))
    return SHARED[min(len(list(same)), 4)]


def _scored(lead: Lead, candidate: Candidate) -> Ranked:
    near, speaks = nearness(lead, candidate.regions), _speaks(lead, candidate)
    room = max(0.0, 1 - candidate.load / candidate.capacity) if candidate.capacity else 0.0
    return Ranked(
        id=candidate.id,
        points=NEARNESS * near + LANGUAGE * speaks + ROOM * room,
        fits=candidate.takes_leads and candidate.has_room and near > SAME_COUNTRY,
        reasons=(_place_reason(lead, near), _language_reason(lead, speaks), _load_reason(candidate)),
    )


def _speaks(lead: Lead, candidate: Candidate) -> float:
    if lead.language in candidate.languages:
        return 1.0
    return BRIDGE if BRIDGE_LANGUAGE in candidate.languages else 0.0


def _place_reason(lead: Lead, near: float) -> Reason:
    if near == 1 and lead.region:
        return Reason(Code.SERVES_REGION, (("region", lead.region),))
    if near > SAME_COUNTRY and lead.region:
        return Reason(Code.NEAR_REGION, (("region", lead.region),))
    return Reason(Code.SAME_COUNTRY, (("country", lead.country),))


def _language_reason(lead: Lead, speaks: float) -> Reason:
    if speaks == 1:
        return Reason(Code.SPEAKS_LANGUAGE, (("language", lead.language),))
    if speaks > 0:
        return Reason(Code.BRIDGE_LANGUAGE, (("language", BRIDGE_LANGUAGE),))
    return Reason(Code.OTHER_LANGUAGE, (("language", lead.language),))


def _load_reason(candidate: Candidate) -> Reason:
    code = Code.LOAD if candidate.has_room else Code.FULL
    return Reason(code, (("load", candidate.load), ("capacity", candidate.capacity)))
