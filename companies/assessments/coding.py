"""The answers of one assessment as one line of letters, so that those of thousands are read at once."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from companies.assessments.instrument import Instrument
from companies.assessments.sheets import Answer

Letters = NDArray[np.uint8]

UNASKED, UNKNOWN, LEFT_OUT = "-", "?", "x"


def coded(answers: Iterable[Answer], asked: Instrument) -> str:
    """One letter for each question in the order of the instrument: the value, or why there is none."""
    given = {(answer.area, answer.item): answer for answer in answers}
    return "".join(_letter(given.get(question)) for question in asked.questions())


def letters_of(lines: Sequence[str], asked: Instrument) -> Letters:
    """The lines as an array [assessments, questions] of ASCII codes."""
    width = sum(1 for _ in asked.questions())
    return np.frombuffer("".join(lines).encode("ascii"), np.uint8).reshape(len(lines), width)


def _letter(answer: Answer | None) -> str:
    if answer is None:
        return UNASKED
    if answer.value is None:
        return UNKNOWN if answer.applies else LEFT_OUT
    return str(answer.value)
