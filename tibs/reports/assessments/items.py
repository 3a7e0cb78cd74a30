"""How the questions of the assessment are answered, and whether those of a block measure one thing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from companies.assessments.coding import LEFT_OUT, UNKNOWN, Letters, coded, letters_of
from companies.assessments.instrument import BARRIERS, FIRM, HIGHEST, LOWEST, Instrument
from companies.assessments.reliability import Reliability, reliability
from companies.assessments.sheets import Answer as GivenAnswer
from companies.assessments.versions import instrument
from companies.choices import Rater
from companies.models import Answer
from tibs.reports.assessments.areas import newest_completed
from tibs.reports.withholding import is_small

type Question = tuple[str, str]

SCALE = range(LOWEST, HIGHEST + 1)
VALUES = {ord(str(value)): value for value in SCALE}


@dataclass(frozen=True)
class ItemFigures:
    """One question: how many answered, left out (does not apply) or did not know, and what was answered.

    `mean` and `spread` (standard deviation) lie on 0 to 4, `steps` are shares of 0 to 4 in 0..1. None is a figure
    that this reader does not see, or that does not exist. `item_rest` is the correlation with the others of its block.
    """

    answered: int | None = 0
    left_out: int | None = 0
    unknown: int | None = 0
    mean: float | None = None
    spread: float | None = None
    steps: tuple[float, ...] | None = None
    item_rest: float | None = None


@dataclass(frozen=True)
class Questions:
    """Every question of one version, and the reliability of each block by area and block (dimension of the firm)."""

    instrument: Instrument
    items: Mapping[Question, ItemFigures]
    blocks: Mapping[Question, Reliability]


def count_items(*, with_small_figures: bool) -> Questions:
    """What brokers answered in the newest completed assessments of the newest version; one query."""
    asked = instrument()
    letters = letters_of(_lines(asked), asked)
    places = {question: place for place, question in enumerate(asked.questions())}
    blocks = _reliabilities(asked, letters, places)
    items = {}
    for (area, item), place in places.items():
        figures = _figures(letters[:, place])
        shown = figures if with_small_figures else _without_small_figures(figures)
        items[area, item] = replace(shown, item_rest=_item_rest(asked, blocks, area, item))
    return Questions(asked, items, blocks)


def members(asked: Instrument, area: str, block: str) -> tuple[str, ...]:
    """The items of a block that are always asked; of the firm's dimension where `area` is FIRM."""
    if area == FIRM:
        return asked.firm[block]
    codes = asked.items[block]
    return tuple(code for code in codes if block != BARRIERS or code in asked.starred)


def _lines(asked: Instrument) -> list[str]:
    """The answers of each assessment as one line. Those that were completed before lines were kept are read one by
    one, with a second query."""
    newest = newest_completed().filter(instrument_version=asked.version)
    lines = dict(newest.values_list("pk", "answer_line"))
    without = [key for key, line in lines.items() if not line]
    given: dict[int, list[GivenAnswer]] = {key: [] for key in without}
    if without:
        for answer in Answer.objects.given().filter(assessment__in=without, rater=Rater.BROKER):
            given[answer.assessment_id].append(answer.as_given())
    return [line or coded(given[key], asked) for key, line in lines.items()]


def _figures(answers: Letters) -> ItemFigures:
    """The figures of one question from what each assessment says to it."""
    counts = np.bincount(answers, minlength=128)
    steps = counts[list(VALUES)]
    answered = int(steps.sum())
    left_out, unknown = int(counts[ord(LEFT_OUT)]), int(counts[ord(UNKNOWN)])
    if not answered:
        return ItemFigures(left_out=left_out, unknown=unknown)
    mean = float(steps @ np.array(SCALE)) / answered
    off = float(steps @ (np.array(SCALE) - mean) ** 2)
    return ItemFigures(
        answered=answered,
        left_out=left_out,
        unknown=unknown,
        mean=mean,
        spread=(off / (answered - 1)) ** 0.5 if answered > 1 else None,
        steps=tuple(float(step) / answered for step in steps),
    )


def _without_small_figures(figures: ItemFigures) -> ItemFigures:
    """Without counts of 1 to 4 and all that would give them away.

    Whoever knows the number of firms knows how many did not answer, so what they said instead is shown whole or not.
    """
    answered = figures.answered or 0
    if is_small(answered):
        return ItemFigures(answered=None, left_out=None, unknown=None)
    instead = (figures.left_out or 0, figures.unknown or 0)
    steps = figures.steps
    if steps is not None and any(is_small(round(share * answered)) for share in steps):
        steps = None
    return ItemFigures(
        answered=figures.answered,
        left_out=None if any(map(is_small, instead)) else instead[0],
        unknown=None if any(map(is_small, instead)) else instead[1],
        mean=None if figures.mean is None else round(figures.mean, 1),
        spread=None if figures.spread is None else round(figures.spread, 1),
        steps=steps,
    )


def _reliabilities(
    asked: Instrument, letters: Letters, places: Mapping[Question, int]
) -> dict[Question, Reliability]:
    blocks = [(FIRM, dimension) for dimension in asked.firm]
    blocks += [(area, block) for area in asked.area_codes for block in asked.items]
    value_of = np.full(128, np.nan)
    value_of[list(VALUES)] = list(VALUES.values())
    found = {}
    for area, block in blocks:
        columns = [places[area, item] for item in members(asked, area, block)]
        found[area, block] = reliability(value_of[letters[:, columns]], at_least=asked.rules.reliability_from)
    return found


def _item_rest(
    asked: Instrument, blocks: Mapping[Question, Reliability], area: str, item: str
) -> float | None:
    block = _dimension(asked, item) if area == FIRM else asked.block_of(item)
    codes = members(asked, area, block)
    return blocks[area, block].item_rest[codes.index(item)] if item in codes else None


def _dimension(asked: Instrument, item: str) -> str:
    return next(code for code, items in asked.firm.items() if item in items)
