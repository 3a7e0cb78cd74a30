"""From answers to potential: every formula of the assessment, for many assessments at once.

raw      = 100 * (0.35 V + 0.25 R + 0.20 F + 0.20 (1 - B)), blocks as means of answered items divided by 4
untapped = raw * (0.6 + 0.4 (1 - H)): an area that is international already has less room to grow
The numbers stand in the instrument.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from companies.assessments.instrument import (
    BARRIERS,
    FEASIBILITY,
    HERITAGE,
    HIGHEST,
    OVERALL_BARRIERS,
    OVERALL_READINESS,
    READINESS,
    VALUE,
    Instrument,
)
from companies.assessments.sheets import Doubles, Flags, Sheets

Places = NDArray[np.intp]
NOBODY = -1
FIRM_SCALE = 200


@dataclass(frozen=True, eq=False)
class Scores:
    """Results of n assessments over the areas (a) of an instrument; NaN where something cannot be said.

    `blocks` maps each block to its means [n, a] in 0..1. `raw`, `untapped` and `quick` [n, a] are points, 0 to 100;
    `quick` is the preliminary figure of the quick scan. `confidence` [n, a] is 0..1. `absent` [n, a] marks areas that
    the firm does not have, `insufficient` [n, a] those with too few answers to be ranked,
    `hindrances_known` [n, a] those with enough barriers answered. `total` [n] is the firm's
    own score, 0 to 200.
    """

    instrument: Instrument
    blocks: dict[str, Doubles]
    raw: Doubles
    untapped: Doubles
    quick: Doubles
    confidence: Doubles
    absent: Flags
    insufficient: Flags
    hindrances_known: Flags
    total: Doubles

    @cached_property
    def winner(self) -> Places:
        """The place [n] of the area with the greatest untapped potential; NOBODY where no area is ranked."""
        return first_of(self.untapped)

    @cached_property
    def lead(self) -> Doubles:
        """Points [n] from the first area to the second; NaN with fewer than two."""
        best = np.sort(np.where(np.isnan(self.untapped), -np.inf, self.untapped), axis=1)[:, -2:]
        first, second = best[:, -1], best[:, 0]
        known = np.isfinite(second)
        return np.where(known, first - np.where(known, second, 0), np.nan)

    @cached_property
    def steady(self) -> Places:
        """In how many of the corners [n] of varied weights the winner stays first."""
        parts = np.stack(
            [
                self.blocks[VALUE],
                self.blocks[READINESS],
                self.blocks[FEASIBILITY],
                1 - self.blocks[BARRIERS],
            ],
            axis=2,
        )
        known = ~np.isnan(self.untapped)
        room = headroom(self.blocks[HERITAGE], self.instrument)
        varied = np.where(known, room, np.nan)[:, :, None] * (parts @ corner_weights(self.instrument).T)
        varied[~known] = -np.inf
        best = varied.max(axis=1)
        own = np.take_along_axis(varied, np.maximum(self.winner, 0)[:, None, None], axis=1)[:, 0]
        return np.where(self.winner == NOBODY, 0, (own >= best - 1e-9).sum(axis=1)).astype(np.intp)

    @cached_property
    def clear(self) -> Flags:
        """Whether [n] the winner leads by enough, under enough of the varied weights."""
        rules = self.instrument.rules
        corners = len(corner_weights(self.instrument))
        with np.errstate(invalid="ignore"):
            return (round_points(self.lead) >= rules.lead) & (self.steady >= rules.steady * corners)


def score(sheets: Sheets, instrument: Instrument) -> Scores:
    """Score every assessment; an area short of answers in any block is not ranked, an absent one is left out."""
    counted = ~sheets.left_out & ~np.isnan(sheets.values)
    blocks, filled = {}, np.ones(sheets.values.shape[:2], bool)
    enough = {}
    for block, codes in instrument.items.items():
        columns = _columns(codes, instrument)
        required = _columns([code for code in codes if _is_required(code, instrument)], instrument)
        blocks[block] = _means(sheets.values, counted, columns)
        enough[block] = _has_enough(sheets.left_out, counted, required, instrument)
        filled &= enough[block]
    absent = sheets.left_out[:, :, _columns(instrument.items[VALUE], instrument)].all(axis=2)
    raw = np.where(filled & ~absent, _raw(blocks, instrument), np.nan)
    return Scores(
        instrument=instrument,
        blocks=blocks,
        raw=raw,
        untapped=raw * headroom(blocks[HERITAGE], instrument),
        quick=_quick(sheets, counted, blocks, enough, instrument),
        confidence=_confidence(sheets, counted, instrument),
        absent=absent,
        insufficient=~filled & ~absent,
        hindrances_known=enough[BARRIERS] & ~absent,
        total=_total(sheets, instrument),
    )


def headroom(heritage: Doubles, instrument: Instrument) -> Doubles:
    """What share of its raw potential an area keeps, from how international it is already (0..1)."""
    floor = instrument.rules.headroom_floor
    return np.asarray(floor + (1 - floor) * (1 - heritage))


def corner_weights(instrument: Instrument) -> Doubles:
    """The weights [16, 4] with each one varied up or down, renormalised: value, readiness, feasibility, ease."""
    vary = instrument.rules.variation
    corners = np.array(instrument.weights.as_row()) * np.array(list(product((1 - vary, 1 + vary), repeat=4)))
    return np.asarray(corners / corners.sum(axis=1, keepdims=True))


def first_of(points: Doubles) -> Places:
    """The place of the highest figure of each row, the first of equal ones; NOBODY where all are NaN."""
    known = ~np.isnan(points)
    best = np.argmax(np.where(known, points, -np.inf), axis=1)
    return np.where(known.any(axis=1), best, NOBODY)


def round_points(points: Doubles) -> Doubles:
    """Points as rules compare them: without the dust of binary fractions."""
    return np.asarray(np.round(points, 6))


def _columns(codes: tuple[str, ...] | list[str], instrument: Instrument) -> list[int]:
    return [instrument.area_items.index(code) for code in codes]


def _is_required(code: str, instrument: Instrument) -> bool:
    return code not in instrument.items[BARRIERS] or code in instrument.starred


def _means(values: Doubles, counted: Flags, columns: list[int]) -> Doubles:
    """Means [n, a] of answered items on 0..1; NaN where nothing is answered."""
    number = counted[:, :, columns].sum(axis=2)
    total = np.where(counted[:, :, columns], values[:, :, columns], 0).sum(axis=2)
    return np.where(number > 0, total / np.maximum(number, 1) / HIGHEST, np.nan)


def _has_enough(left_out: Flags, counted: Flags, required: list[int], instrument: Instrument) -> Flags:
    part, whole = instrument.rules.enough
    asked = (~left_out[:, :, required]).sum(axis=2)
    answered = counted[:, :, required].sum(axis=2)
    return np.asarray((asked > 0) & (answered * whole >= asked * part))


def _raw(blocks: dict[str, Doubles], instrument: Instrument) -> Doubles:
    weights = instrument.weights
    return 100 * (
        weights.value * blocks[VALUE]
        + weights.readiness * blocks[READINESS]
        + weights.feasibility * blocks[FEASIBILITY]
        + weights.ease * (1 - blocks[BARRIERS])
    )


def _quick(
    sheets: Sheets,
    counted: Flags,
    blocks: dict[str, Doubles],
    enough: dict[str, Flags],
    instrument: Instrument,
) -> Doubles:
    """The preliminary figure: value, readiness and ease without the rest.

    A full block counts where it has enough answers, the overall answer elsewhere.
    """
    parts = {VALUE: np.where(enough[VALUE], blocks[VALUE], np.nan)}
    for block, overall in ((READINESS, OVERALL_READINESS), (BARRIERS, OVERALL_BARRIERS)):
        stands_in = _means(sheets.values, counted, _columns([overall], instrument))
        parts[block] = np.where(enough[block], blocks[block], stands_in)
    weights = instrument.weights
    points = (
        weights.value * parts[VALUE]
        + weights.readiness * parts[READINESS]
        + weights.ease * (1 - parts[BARRIERS])
    )
    return np.asarray(100 * points / (weights.value + weights.readiness + weights.ease))


def _confidence(sheets: Sheets, counted: Flags, instrument: Instrument) -> Doubles:
    """Answered share times mean evidence, over the items that are always asked."""
    asked_always = [
        place
        for place, code in enumerate(instrument.area_items)
        if code not in (OVERALL_READINESS, OVERALL_BARRIERS) and _is_required(code, instrument)
    ]
    asked = (~sheets.left_out[:, :, asked_always]).sum(axis=2)
    weight = np.where(counted[:, :, asked_always], sheets.evidence[:, :, asked_always], 0).sum(axis=2)
    return np.where(asked > 0, weight / np.maximum(asked, 1), 0.0)


def _total(sheets: Sheets, instrument: Instrument) -> Doubles:
    part, whole = instrument.rules.enough
    counted = ~sheets.firm_left_out & ~np.isnan(sheets.firm)
    asked, answered = (~sheets.firm_left_out).sum(axis=1), counted.sum(axis=1)
    points = np.where(counted, sheets.firm, 0).sum(axis=1) / np.maximum(answered, 1) / HIGHEST
    return np.where((asked > 0) & (answered * whole >= asked * part), FIRM_SCALE * points, np.nan)
