"""What a firm is good at and what to do next, chosen from its answers."""

from dataclasses import dataclass

import numpy as np

from companies.assessments.instrument import HIGHEST, Instrument
from companies.assessments.scoring import Scores
from companies.assessments.sheets import Sheets

COUNT = 3
GOOD = 0.5
WEAK = 0.75


@dataclass(frozen=True)
class Advice:
    """One sentence of the words: `kind` is its table, `code` its key (a dimension, an area or a barrier), if any."""

    kind: str
    code: str


def strengths(sheets: Sheets, scores: Scores) -> tuple[Advice, ...]:
    """Up to three dimensions of the firm or prepared areas that stand at half of the scale or better."""
    firm = [(mean, Advice("firm", code)) for code, mean in _dimensions(sheets, scores.instrument)]
    areas = [(mean, Advice("area", code)) for code, mean in _prepared(sheets, scores)]
    good = [(mean, advice) for mean, advice in firm + areas if mean >= GOOD]
    return tuple(advice for _, advice in sorted(good, key=lambda found: -found[0])[:COUNT])


def next_steps(
    sheets: Sheets, scores: Scores, *, first: str, second: str = "", barriers: list[str]
) -> tuple[Advice, ...]:
    """Three steps: the first area, its worst barrier, the firm's weakest dimensions, and in any case the broker.

    A firm that is not ready yet, or of which that is not known, starts with its weakest dimensions. Where too little
    of this is found, the lowest dimension stands in however good it is, then the second area, then the questions
    about the firm, which nobody answered in that case. Without a first area there may be fewer.
    """
    weak = sorted(_dimensions(sheets, scores.instrument), key=lambda found: found[1])
    firm = [Advice("firm", code) for code, mean in weak if mean < WEAK]
    area = [Advice("area", first)] if first else []
    worst = [Advice("barrier", barriers[0])] if barriers else []
    is_ready = scores.total[0] >= scores.instrument.rules.bands["entry"]
    wanted = [*area, *worst, *firm] if is_ready else [*firm[:2], *area, *worst]
    if first:
        wanted += [Advice("firm", code) for code, mean in weak if mean >= WEAK]
        wanted += [Advice("area", second)] if second else []
        wanted += [] if weak else [Advice("answer", "")]
    return (*wanted[: COUNT - 1], Advice("broker", ""))


def _dimensions(sheets: Sheets, instrument: Instrument) -> list[tuple[str, float]]:
    """Means on 0..1 of the firm's dimensions of which anything is answered."""
    found = []
    for code, items in instrument.firm.items():
        values = sheets.firm[0][[instrument.firm_items.index(item) for item in items]]
        if not np.isnan(values).all():
            found.append((code, float(np.nanmean(values)) / HIGHEST))
    return found


def _prepared(sheets: Sheets, scores: Scores) -> list[tuple[str, float]]:
    """Readiness on 0..1 of each area that the firm has: of the full block, or the overall answer."""
    overall = sheets.values[0][:, scores.instrument.area_items.index("R0")] / HIGHEST
    full = scores.blocks["R"][0]
    means = np.where(np.isnan(full), overall, full)
    return [
        (code, float(means[place]))
        for place, code in enumerate(scores.instrument.area_codes)
        if not scores.absent[0, place] and not np.isnan(means[place])
    ]
