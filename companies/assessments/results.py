"""The result of one assessment, in codes that pages and documents put into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from companies.assessments.advice import Advice, next_steps, strengths
from companies.assessments.changes import Change, smallest_changes
from companies.assessments.instrument import BARRIERS, Instrument
from companies.assessments.scoring import Scores, corner_weights, round_points, score
from companies.assessments.sheets import Answer, Sheets, fill_sheets

TOP_BARRIERS = 3


class Verdict(StrEnum):
    """How sure the first place is."""

    CLEAR = "clear"
    CLOSE = "close"
    TIE = "tie"
    ONLY = "only"
    QUICK = "quick"
    NONE = "none"


class Gate(StrEnum):
    """What the firm as a whole is ready for."""

    PREPARE = "prepare_first"
    LOW = "low_commitment"
    ALL = "all"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Barrier:
    """A barrier of an area; `severity` is 1 to 4."""

    area: str
    item: str
    severity: int
    blocking: bool


@dataclass(frozen=True)
class AreaResult:
    """One area. `rank` is 0 and `points` None where it is not ranked; figures are points, `confidence` is 0..1.

    `points` is what areas are ranked by: the untapped potential, or the quick scan's figure in a quick result.
    `level` says that it lies within a tie of the area ranked before it, `can_be_chosen` that the firm has the area and
    enough of its barriers are answered to know which of them block.
    """

    code: str
    rank: int
    points: float | None
    raw: float | None
    untapped: float | None
    quick: float | None
    confidence: float
    blocks: dict[str, float | None]
    absent: bool
    level: bool
    can_be_chosen: bool


@dataclass(frozen=True)
class Result:
    """What an assessment says. `areas` run from the first rank down, then those that are not ranked.

    `focus` is the area that `barriers`, `blocking`, `cooperation` and `steps` are about; empty where there is none.
    """

    version: int
    verdict: Verdict
    areas: tuple[AreaResult, ...]
    lead: float | None
    steady: int
    corners: int
    total: float | None
    band: str
    gate: Gate
    focus: str
    barriers: tuple[Barrier, ...]
    blocking: tuple[Barrier, ...]
    cooperation: tuple[str, ...]
    strengths: tuple[Advice, ...]
    steps: tuple[Advice, ...]
    changes: tuple[Change, ...]

    @property
    def winner(self) -> AreaResult | None:
        return self.areas[0] if self.areas and self.areas[0].rank else None

    @property
    def ranked(self) -> tuple[AreaResult, ...]:
        return tuple(area for area in self.areas if area.rank)

    def area(self, code: str) -> AreaResult:
        return next(area for area in self.areas if area.code == code)


def result_of(answers: Sequence[Answer], instrument: Instrument, *, chosen: str = "") -> Result:
    """Compute the result of one rater's answers.

    Areas are ranked by untapped potential as soon as one has enough answers, by the quick scan before that. What
    hinders and what to do is said of the `chosen` area, of the first one as long as none is.
    """
    sheets = fill_sheets([answers], instrument)
    scores = score(sheets, instrument)
    is_quick = bool(np.isnan(scores.untapped).all())
    areas = _areas(scores, is_quick)
    total = _number(scores.total[0])
    gate = gate_of(total, instrument)
    focus = chosen or (areas[0].code if areas[0].rank else "")
    barriers = barriers_of(sheets, focus, instrument) if focus else ()
    return Result(
        version=instrument.version,
        verdict=_verdict(scores, areas, is_quick),
        areas=areas,
        lead=_number(scores.lead[0]),
        steady=int(scores.steady[0]),
        corners=len(corner_weights(instrument)),
        total=total,
        band=band_of(total, instrument),
        gate=gate,
        focus=focus,
        barriers=barriers[:TOP_BARRIERS],
        blocking=tuple(barrier for barrier in barriers if barrier.blocking),
        cooperation=cooperation_of(focus, gate, instrument) if focus else (),
        strengths=strengths(sheets, scores),
        steps=next_steps(
            sheets,
            scores,
            first=focus,
            second=next((area.code for area in areas if area.rank and area.code != focus), ""),
            barriers=[barrier.item for barrier in barriers],
        ),
        changes=tuple(smallest_changes(sheets, instrument)),
    )


def band_of(total: float | None, instrument: Instrument) -> str:
    """Name the band of the firm's own score (0 to 200); empty where it is not known."""
    edges = instrument.rules.bands
    if total is None:
        return ""
    if total > edges["excellent"]:
        return "excellent"
    if total > edges["good"]:
        return "good"
    return "entry" if total >= edges["entry"] else "insufficient"


def gate_of(total: float | None, instrument: Instrument) -> Gate:
    """Say what the firm is ready for: build capacity first, partners with low commitment, or every kind."""
    gates = {"": Gate.UNKNOWN, "insufficient": Gate.PREPARE, "entry": Gate.LOW}
    return gates.get(band_of(total, instrument), Gate.ALL)


def cooperation_of(area: str, gate: Gate, instrument: Instrument) -> tuple[str, ...]:
    """The kinds of cooperation natural in an area, less those that the firm is not known to be ready for."""
    return tuple(kind for kind in instrument.area(area).cooperation if is_ready_for(kind, gate, instrument))


def is_ready_for(kind: str, gate: Gate, instrument: Instrument) -> bool:
    """Whether a firm behind this gate is known to be ready for a kind of cooperation."""
    if gate in {Gate.LOW, Gate.UNKNOWN}:
        return kind in instrument.low_commitment
    return gate is Gate.ALL


def barriers_of(sheets: Sheets, area: str, instrument: Instrument) -> tuple[Barrier, ...]:
    """All barriers of an area that hinder at all, the most severe first."""
    row = sheets.values[0][instrument.area_codes.index(area)]
    out = sheets.left_out[0][instrument.area_codes.index(area)]
    found = []
    for code in instrument.items[BARRIERS]:
        place = instrument.area_items.index(code)
        if not out[place] and row[place] > 0:
            severity = int(row[place])
            found.append(Barrier(area, code, severity, blocking=severity >= instrument.rules.blocking))
    return tuple(sorted(found, key=lambda barrier: -barrier.severity))


def _areas(scores: Scores, is_quick: bool) -> tuple[AreaResult, ...]:
    points = round_points((scores.quick if is_quick else scores.untapped)[0])
    order = sorted(range(len(points)), key=lambda place: (np.isnan(points[place]), -points[place], place))
    found, before = [], None
    for rank, place in enumerate(order, 1):
        own = _number(points[place])
        level = own is not None and before is not None and before - own < scores.instrument.rules.tie
        found.append(_area(scores, place, rank if own is not None else 0, own, level))
        before = own
    return tuple(found)


def _area(scores: Scores, place: int, rank: int, points: float | None, level: bool) -> AreaResult:
    return AreaResult(
        code=scores.instrument.area_codes[place],
        rank=rank,
        points=points,
        raw=_number(scores.raw[0, place]),
        untapped=_number(scores.untapped[0, place]),
        quick=_number(scores.quick[0, place]),
        confidence=float(scores.confidence[0, place]),
        blocks={block: _number(means[0, place]) for block, means in scores.blocks.items()},
        absent=bool(scores.absent[0, place]),
        level=level,
        can_be_chosen=bool(scores.hindrances_known[0, place]),
    )


def _verdict(scores: Scores, areas: Sequence[AreaResult], is_quick: bool) -> Verdict:
    ranked = [area for area in areas if area.rank]
    if not ranked:
        return Verdict.NONE
    if is_quick:
        return Verdict.QUICK
    if len(ranked) == 1:
        return Verdict.ONLY
    if ranked[1].level:
        return Verdict.TIE
    return Verdict.CLEAR if scores.clear[0] else Verdict.CLOSE


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
