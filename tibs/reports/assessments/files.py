"""The same figures as files: numbers as numbers, codes beside words, what they mean below them."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from companies.assessments.instrument import FIRM
from companies.assessments.words import Words
from tibs.rendering.csv_export import CsvValue
from tibs.rendering.xlsx_export import Sheet
from tibs.reports.assessments import presenting
from tibs.reports.assessments.areas import COUNTRY, STAGE, Distribution
from tibs.reports.assessments.items import Questions


def sheets(counted: Distribution, questions: Questions, words: Words, rules: Sequence[str]) -> list[Sheet]:
    """All tables of the page; an empty cell is a figure that this reader does not see or that does not exist."""
    return [
        _distribution(counted, COUNTRY, words),
        _distribution(counted, STAGE, words),
        _items(questions, words),
        _reliability(questions, words),
        Sheet(_("How to read the figures"), [_("Rule")], [[rule] for rule in rules]),
    ]


def lines(tables: Sequence[Sheet]) -> Iterator[Sequence[CsvValue]]:
    """The tables below each other, with an empty line between them."""
    for table in tables:
        yield []
        yield [table.title]
        yield table.columns
        yield from table.rows


def _distribution(counted: Distribution, kind: str, words: Words) -> Sheet:
    rows: list[Sequence[CsvValue]] = [
        [
            presenting.group_name(counted, kind, code, words),
            *(counted.cell(kind, code, area) for area in counted.areas),
            counted.of_group(kind, code),
        ]
        for code in counted.groups(kind)
    ]
    rows.append([_("All"), *(counted.of_area(area) for area in counted.areas), counted.total])
    head = _("Country") if kind == COUNTRY else _("Stage")
    return Sheet(presenting.titles()[kind], [head, *map(words.area, counted.areas), _("All")], rows)


def _items(questions: Questions, words: Words) -> Sheet:
    rows: list[Sequence[CsvValue]] = [
        [
            words.area(area) if area else _("The firm as a whole"),
            code,
            words.item(area, code),
            one.answered,
            one.left_out,
            one.unknown,
            one.mean,
            one.spread,
            *(one.steps or (None,) * 5),
            one.item_rest,
        ]
        for (area, code), one in questions.items.items()
    ]
    columns = [_("Area"), _("Code"), *presenting.item_columns()]
    return Sheet(_("Questions"), columns, rows)


def _reliability(questions: Questions, words: Words) -> Sheet:
    rows: list[Sequence[CsvValue]] = [
        [
            words.area(area) if area else _("The firm as a whole"),
            words.text("dimensions" if area == FIRM else "blocks", block),
            found.count,
            found.alpha,
        ]
        for (area, block), found in questions.blocks.items()
    ]
    return Sheet(
        _("Reliability"), [_("Area"), _("Block"), _("Complete answers"), _("Cronbach's alpha")], rows
    )
