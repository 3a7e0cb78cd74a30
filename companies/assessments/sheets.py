"""Answers as arrays, one row for each assessment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companies.assessments.instrument import FIRM, HIGHEST, LOWEST, Instrument

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Answer:
    """One answer. `value` None is "do not know", or "does not apply here" where `applies` is False."""

    area: str
    item: str
    value: int | None
    applies: bool = True
    evidence: str = "claimed"


@dataclass(frozen=True, eq=False)
class Sheets:
    """Answers of n assessments in the order of an instrument's areas (a), area items (i) and firm items (k).

    `values` [n, a, i] and `firm` [n, k] hold 0 to 4, NaN where there is no answer; `left_out` [n, a, i] and
    `firm_left_out` [n, k] mark what does not apply; `evidence` [n, a, i] holds weights, read only where there is a
    value.
    """

    values: Doubles
    left_out: Flags
    evidence: Doubles
    firm: Doubles
    firm_left_out: Flags

    def __len__(self) -> int:
        return len(self.values)


def empty_sheets(count: int, instrument: Instrument) -> Sheets:
    """Assessments in which nothing is answered yet."""
    shape = (count, len(instrument.areas), len(instrument.area_items))
    firm = (count, len(instrument.firm_items))
    return Sheets(
        values=np.full(shape, np.nan),
        left_out=np.zeros(shape, bool),
        evidence=np.full(shape, min(instrument.evidence.values())),
        firm=np.full(firm, np.nan),
        firm_left_out=np.zeros(firm, bool),
    )


def fill_sheets(assessments: Sequence[Sequence[Answer]], instrument: Instrument) -> Sheets:
    """Put the answers of each assessment into its row.

    Raises ValueError for an answer that the instrument does not know: an item, a value or an evidence.
    """
    sheets = empty_sheets(len(assessments), instrument)
    areas = {code: place for place, code in enumerate(instrument.area_codes)}
    items = {code: place for place, code in enumerate(instrument.area_items)}
    firm = {code: place for place, code in enumerate(instrument.firm_items)}
    for row, answers in enumerate(assessments):
        for answer in answers:
            _refuse_unknown(answer, instrument)
            value = np.nan if answer.value is None or not answer.applies else answer.value
            if answer.area == FIRM:
                sheets.firm[row, firm[answer.item]] = value
                sheets.firm_left_out[row, firm[answer.item]] = not answer.applies
                continue
            place = (row, areas[answer.area], items[answer.item])
            sheets.values[place] = value
            sheets.left_out[place] = not answer.applies
            sheets.evidence[place] = instrument.evidence[answer.evidence]
    return sheets


def _refuse_unknown(answer: Answer, instrument: Instrument) -> None:
    if not instrument.asks(answer.area, answer.item):
        raise ValueError(f"Version {instrument.version} does not ask {answer.item!r} in {answer.area!r}.")
    if answer.value is not None and not LOWEST <= answer.value <= HIGHEST:
        raise ValueError(f"{answer.value} is not on the scale.")
    if answer.evidence not in instrument.evidence:
        raise ValueError(f"{answer.evidence!r} is not a kind of evidence.")
