"""How the questions of the assessment are answered, and whether those of a block measure one thing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from django.db import connection
from django.db.models import Count
from psycopg2 import sql

from companies.assessments.instrument import BARRIERS, FIRM, HIGHEST, LOWEST, Instrument
from companies.assessments.reliability import Reliability, reliability
from companies.assessments.versions import instrument
from companies.choices import Rater
from companies.models import Answer
from tibs.reports.assessments.areas import newest_completed
from tibs.reports.withholding import is_small

type Question = tuple[str, str]

SCALE = range(LOWEST, HIGHEST + 1)
# Answers of a block as digits of one number: the same pattern of many firms is counted by the database.
PATTERNS = sql.SQL(
    "SELECT area, block, pattern, count(*) FROM ("
    " SELECT answer.area, asked.block, sum(answer.value * asked.weight) AS pattern"
    " FROM companies_answer answer"
    " JOIN ({newest}) AS newest ON newest.id = answer.assessment_id"
    " JOIN (VALUES {asked}) AS asked (is_firm, item, block, weight, items)"
    " ON asked.item = answer.item AND asked.is_firm = (answer.area = '')"
    " WHERE answer.rater = {rater} AND answer.value IS NOT NULL"
    " GROUP BY answer.assessment_id, answer.area, asked.block, asked.items"
    " HAVING count(*) = asked.items"
    ") AS complete GROUP BY area, block, pattern"
)


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
    """What brokers answered in the newest completed assessments of the newest version; two queries."""
    asked = instrument()
    blocks = _reliabilities(asked)
    counted = _counted(asked)
    items = {}
    for area, item in asked.questions():
        figures = counted.get((area, item), ItemFigures())
        shown = figures if with_small_figures else _without_small_figures(figures)
        items[area, item] = replace(shown, item_rest=_item_rest(asked, blocks, area, item))
    return Questions(asked, items, blocks)


def members(asked: Instrument, area: str, block: str) -> tuple[str, ...]:
    """The items of a block that are always asked; of the firm's dimension where `area` is FIRM."""
    if area == FIRM:
        return asked.firm[block]
    codes = asked.items[block]
    return tuple(code for code in codes if block != BARRIERS or code in asked.starred)


def _counted(asked: Instrument) -> dict[Question, ItemFigures]:
    newest = newest_completed().filter(instrument_version=asked.version)
    rows = (
        Answer.objects.filter(assessment__in=newest.values("pk"), rater=Rater.BROKER)
        .values_list("area", "item", "value", "applies")
        .annotate(Count("pk"))
        .order_by()
    )
    given: dict[Question, dict[tuple[int | None, bool], int]] = defaultdict(dict)
    for area, item, value, applies, count in rows:
        given[area, item][value, applies] = count
    return {question: _figures(counts) for question, counts in given.items()}


def _figures(counts: Mapping[tuple[int | None, bool], int]) -> ItemFigures:
    """The figures of one question from the number of each answer, by value and whether it applies."""
    steps = np.array([counts.get((value, True), 0) for value in SCALE])
    answered = int(steps.sum())
    left_out, unknown = counts.get((None, False), 0), counts.get((None, True), 0)
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


def _reliabilities(asked: Instrument) -> dict[Question, Reliability]:
    patterns: dict[Question, list[tuple[int, int]]] = defaultdict(list)
    for area, block, pattern, count in _patterns(asked):
        patterns[area, block].append((int(pattern), count))
    places = [(FIRM, dimension) for dimension in asked.firm]
    places += [(area, block) for area in asked.area_codes for block in asked.items]
    return {
        place: reliability(
            _rows(patterns[place], len(members(asked, *place))), at_least=asked.rules.reliability_from
        )
        for place in places
    }


def _patterns(asked: Instrument) -> list[tuple[str, str, int, int]]:
    newest = newest_completed().filter(instrument_version=asked.version).values("id")
    inner, parameters = newest.query.sql_with_params()
    lines = [
        sql.SQL("({}, {}, {}, {}, {})").format(
            *map(sql.Literal, (area == FIRM, code, block, (HIGHEST + 1) ** place, len(codes)))
        )
        for area, block in [(FIRM, one) for one in asked.firm]
        + [(asked.area_codes[0], one) for one in asked.items]
        for codes in [members(asked, area, block)]
        for place, code in enumerate(codes)
    ]
    with connection.cursor() as cursor:
        statement = PATTERNS.format(
            newest=sql.SQL(inner), asked=sql.SQL(", ").join(lines), rater=sql.Literal(str(Rater.BROKER))
        )
        cursor.execute(statement.as_string(cursor.cursor), parameters)
        return list(cursor.fetchall())


def _rows(patterns: list[tuple[int, int]], items: int) -> np.ndarray:
    """The complete rows of answers [n, items] from their patterns."""
    codes = np.array([code for code, _ in patterns], np.int64)
    counts = np.array([count for _, count in patterns], np.int64)
    digits = codes[:, None] // (HIGHEST + 1) ** np.arange(items) % (HIGHEST + 1)
    return np.repeat(digits.astype(float), counts, axis=0)


def _item_rest(
    asked: Instrument, blocks: Mapping[Question, Reliability], area: str, item: str
) -> float | None:
    block = _dimension(asked, item) if area == FIRM else asked.block_of(item)
    codes = members(asked, area, block)
    return blocks[area, block].item_rest[codes.index(item)] if item in codes else None


def _dimension(asked: Instrument, item: str) -> str:
    return next(code for code, items in asked.firm.items() if item in items)
