"""What an instrument consists of. A version that was used once never changes; a better one gets the next number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

FIRM = ""
VALUE, FEASIBILITY, HERITAGE, READINESS, BARRIERS = "V", "F", "H", "R", "B"
OVERALL_READINESS, OVERALL_BARRIERS = "R0", "B0"
SELF, BROKER = "self", "broker"
LOWEST, HIGHEST = 0, 4


@dataclass(frozen=True)
class Way:
    """A way of working with a partner, as the field names it; `kind` is what profiles and partner sites call it."""

    code: str
    kind: str


@dataclass(frozen=True)
class Area:
    """An area of the value chain, after Porter.

    `ways` are what is natural there, the most natural first. `common` marks the areas that firms of the Baltic Sea
    region take abroad most often; pages say so, scores do not.
    """

    code: str
    ways: tuple[Way, ...]
    common: bool = False

    @property
    def cooperation(self) -> tuple[str, ...]:
        """The kinds of cooperation of the ways, each once."""
        return tuple(dict.fromkeys(way.kind for way in self.ways))


@dataclass(frozen=True)
class Weights:
    """Shares of the blocks in the raw potential; they add up to 1."""

    value: float
    readiness: float
    feasibility: float
    ease: float

    def as_row(self) -> tuple[float, float, float, float]:
        return self.value, self.readiness, self.feasibility, self.ease


@dataclass(frozen=True)
class Rules:
    """Every number that a result depends on beside the weights.

    `headroom_floor`  what a fully international area keeps of its raw potential.
    `enough`          share of a block's items that must be answered, as a fraction.
    `tie`, `lead`     points; closer than a tie is level, a clear winner leads by at least `lead`.
    `steady`          share of the varied weights under which a clear winner stays first.
    `variation`       how far each weight is varied, up and down.
    `blocking`        severity of a barrier that needs an action before a profile is published.
    `gap`             points on one item beyond which self-score and broker's score need talk.
    `bands`           lower edges of the firm's bands on 0-200; the first is a strict "at least", others "more than".
    `reliability_from`  assessments from which the reliability of blocks is computed.
    `quick_areas`  areas that get the full questions after a quick scan, at most.
    """

    headroom_floor: float
    enough: tuple[int, int]
    tie: float
    lead: float
    steady: float
    variation: float
    blocking: int
    gap: int
    bands: Mapping[str, float]
    reliability_from: int
    quick_areas: int


@dataclass(frozen=True, eq=False)
class Instrument:
    """One version of the questions and of the numbers that turn answers into results.

    Codes are stable: answers, words and statistics are kept by them. `items` maps each block to the codes of its
    items in every area; `starred` are the barriers that are always asked, the others are asked where they apply.
    `firm` maps the six dimensions of the firm as a whole to their items.
    """

    version: int
    areas: tuple[Area, ...]
    items: Mapping[str, tuple[str, ...]]
    starred: frozenset[str]
    firm: Mapping[str, tuple[str, ...]]
    weights: Weights
    rules: Rules
    evidence: Mapping[str, float]
    stages: tuple[str, ...]
    low_commitment: frozenset[str]
    sectors: tuple[str, ...]

    @cached_property
    def area_codes(self) -> tuple[str, ...]:
        return tuple(area.code for area in self.areas)

    @cached_property
    def area_items(self) -> tuple[str, ...]:
        """Codes of all items of one area, in the order of the arrays; the overall items stand last."""
        rated = tuple(code for codes in self.items.values() for code in codes)
        return (*rated, OVERALL_READINESS, OVERALL_BARRIERS)

    @cached_property
    def firm_items(self) -> tuple[str, ...]:
        return tuple(code for codes in self.firm.values() for code in codes)

    @cached_property
    def quick_items(self) -> tuple[str, ...]:
        """What the quick scan asks in every area."""
        return (*self.items[VALUE], OVERALL_READINESS, OVERALL_BARRIERS)

    def asks(self, area: str, item: str) -> bool:
        """Whether the item exists in the area, or for the firm as a whole where `area` is FIRM."""
        if area == FIRM:
            return item in self.firm_items
        return area in self.area_codes and item in self.area_items

    def rated_by(self, item: str) -> tuple[str, ...]:
        """Who may answer an item: whether partners exist is for the broker alone to say."""
        return (BROKER,) if item in self.items[FEASIBILITY] else (SELF, BROKER)

    def block_of(self, item: str) -> str:
        """The block of an item of an area; the overall items belong to readiness and barriers."""
        return next((block for block, codes in self.items.items() if item in codes), item[0])

    def area(self, code: str) -> Area:
        return next(area for area in self.areas if area.code == code)

    def questions(self) -> Iterator[tuple[str, str]]:
        """Every pair of area and item, the firm's own first."""
        yield from ((FIRM, item) for item in self.firm_items)
        yield from ((area, item) for area in self.area_codes for item in self.area_items)
