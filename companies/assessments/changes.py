"""How little would have to be different for another area to come first, and where two raters disagree."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from companies.assessments.instrument import HIGHEST, LOWEST, Instrument
from companies.assessments.scoring import NOBODY, score
from companies.assessments.sheets import Answer, Flags, Sheets

MIDDLE = (LOWEST + HIGHEST) / 2


@dataclass(frozen=True)
class Change:
    """One answer that would put another area, `winner`, in the first place; `before` is None where none was given."""

    area: str
    item: str
    before: int | None
    after: int
    winner: str


@dataclass(frozen=True)
class Gap:
    """An item on which self-score and broker's score lie further apart than the rules allow without talk."""

    area: str
    item: str
    own: int
    broker: int


def smallest_changes(sheets: Sheets, instrument: Instrument) -> list[Change]:
    """The changes of one answer by the fewest steps that change the first area of one assessment.

    `sheets` holds one row. All changes of that same size are given. Where no given answer is enough, those of questions
    without an answer are, as if each stood in the middle of the scale; none where no single answer would do.
    """
    is_given = ~np.isnan(sheets.values[0])
    return _changes(sheets, instrument, is_given) or _changes(sheets, instrument, ~is_given)


def _changes(sheets: Sheets, instrument: Instrument, tried: Flags) -> list[Change]:
    """Those of the smallest size among the questions `tried` [a, i]."""
    winner = int(score(sheets, instrument).winner[0])
    tries = _tries(sheets, tried) if winner != NOBODY else np.empty((0, 3), int)
    if not len(tries):
        return []
    varied = _varied(sheets, tries)
    winners = score(varied, instrument).winner
    before = sheets.values[0][tries[:, 0], tries[:, 1]]
    steps = np.abs(tries[:, 2] - np.where(np.isnan(before), MIDDLE, before))
    changed = (winners != winner) & (winners != NOBODY)
    if not changed.any():
        return []
    return [
        Change(
            area=instrument.area_codes[area],
            item=instrument.area_items[item],
            before=None if np.isnan(before[row]) else int(before[row]),
            after=int(after),
            winner=instrument.area_codes[winners[row]],
        )
        for row, (area, item, after) in enumerate(tries)
        if changed[row] and steps[row] == steps[changed].min()
    ]


def gaps(own: Iterable[Answer], broker: Iterable[Answer], instrument: Instrument) -> list[Gap]:
    """Items that both rated, more than the allowed gap apart, in the order of the instrument."""
    mine = {(answer.area, answer.item): answer.value for answer in own}
    theirs = {(answer.area, answer.item): answer.value for answer in broker}
    found = []
    for question in instrument.questions():
        left, right = mine.get(question), theirs.get(question)
        if left is not None and right is not None and abs(left - right) > instrument.rules.gap:
            found.append(Gap(*question, own=left, broker=right))
    return found


def _tries(sheets: Sheets, tried: Flags) -> np.ndarray:
    """Every other value [t, 3] that an item could have: place of the area, of the item, the value."""
    areas, items = np.nonzero(tried & ~sheets.left_out[0])
    scale = np.arange(LOWEST, HIGHEST + 1)
    tries = np.stack(
        [
            np.repeat(areas, len(scale)),
            np.repeat(items, len(scale)),
            np.tile(scale, len(areas)),
        ],
        axis=1,
    )
    return np.asarray(tries[tries[:, 2] != sheets.values[0][tries[:, 0], tries[:, 1]]])


def _varied(sheets: Sheets, tries: np.ndarray) -> Sheets:
    """One copy of the assessment for each try, with that one answer changed."""
    count = len(tries)
    values = np.repeat(sheets.values, count, axis=0)
    values[np.arange(count), tries[:, 0], tries[:, 1]] = tries[:, 2]
    return replace(
        sheets,
        values=values,
        left_out=np.repeat(sheets.left_out, count, axis=0),
        evidence=np.repeat(sheets.evidence, count, axis=0),
        firm=np.repeat(sheets.firm, count, axis=0),
        firm_left_out=np.repeat(sheets.firm_left_out, count, axis=0),
    )
