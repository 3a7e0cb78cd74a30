"""The figures of assessments in words: distributions with a finding, questions, reliability, and what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.assessments.instrument import FIRM
from companies.assessments.words import Words
from tibs.figures import SMALL_CELL
from tibs.rendering.bars import Bar, Part, signed_bars
from tibs.rendering.matrix import Axis, Matrix, heat_matrix
from tibs.rendering.tables import Table, data_table
from tibs.reports.assessments.areas import COUNTRY, STAGE, Distribution
from tibs.reports.assessments.items import ItemFigures, Questions


@dataclass(frozen=True)
class AreaBar:
    """One area: how many companies it is recommended to, and the bar that shows it; None is withheld."""

    name: str
    count: int | None
    bar: Bar | None


@dataclass(frozen=True)
class ItemGroup:
    """The questions of one area or of the firm as a whole."""

    title: str
    table: Table


def finding(counted: Distribution, words: Words) -> str:
    """One sentence: what is recommended most often."""
    known = [(count, area) for area in counted.areas if (count := counted.of_area(area))]
    if not known:
        return _("There is nothing to show yet.")
    most, area = max(known, key=lambda one: one[0])
    return ngettext(
        "%(area)s is recommended most often that may be shown: to %(count)s company.",
        "%(area)s is recommended most often that may be shown: to %(count)s companies.",
        most,
    ) % {"area": words.area(area), "count": most}


def area_bars(counted: Distribution, words: Words) -> list[AreaBar]:
    """The areas in the order of the instrument; the longest bar fills the drawing."""
    counts = {area: counted.of_area(area) for area in counted.areas}
    parts = [Part(words.area(area), count or 0) for area, count in counts.items()]
    drawn = signed_bars(parts).bars
    return [
        AreaBar(name=words.area(area), count=count, bar=bar if count else None)
        for (area, count), bar in zip(counts.items(), drawn, strict=True)
    ]


def matrix(counted: Distribution, kind: str, words: Words) -> Matrix:
    """Countries or stages by recommended areas; the sums are those of the report."""
    groups = counted.groups(kind)
    rows = [Axis(code, group_name(counted, kind, code, words)) for code in groups]
    cells = {(code, area): counted.cell(kind, code, area) for code in groups for area in counted.areas}
    sums: dict[tuple[str | None, str | None], int | None] = {(None, None): counted.total}
    sums |= {(code, None): counted.of_group(kind, code) for code in groups}
    sums |= {(None, area): counted.of_area(area) for area in counted.areas}
    made = heat_matrix(rows, cells, sums, columns=[Axis(area, words.area(area)) for area in counted.areas])
    return replace(made, finding=_matrix_finding(made))


def group_name(counted: Distribution, kind: str, code: str, words: Words) -> str:
    if kind == COUNTRY:
        return counted.countries[code]
    return words.text("stages", code) if code else _("Not stated")


def reliability_table(questions: Questions, words: Words) -> Table:
    """Cronbach's alpha of each block by area; under the least number, how many complete answers there are."""
    blocks = list(questions.instrument.items)
    rows = [
        (words.area(area), *(_alpha(questions, area, block) for block in blocks))
        for area in questions.instrument.area_codes
    ]
    return data_table(
        caption=_("Cronbach's alpha of each block"),
        columns=[_("Area"), *(words.text("blocks", block) for block in blocks)],
        rows=rows,
    )


def firm_table(questions: Questions, words: Words) -> Table:
    return data_table(
        caption=_("Cronbach's alpha of the firm's dimensions"),
        columns=[_("Dimension"), _("Alpha"), _("Complete answers")],
        rows=[
            (
                words.text("dimensions", code),
                _alpha(questions, FIRM, code),
                questions.blocks[FIRM, code].count,
            )
            for code in questions.instrument.firm
        ],
    )


def item_groups(questions: Questions, words: Words) -> list[ItemGroup]:
    """The questions of the firm as a whole, then those of each area."""
    asked = questions.instrument
    groups = [(FIRM, _("The firm as a whole"), asked.firm_items)]
    groups += [(area, words.area(area), asked.area_items) for area in asked.area_codes]
    return [
        ItemGroup(
            title=title,
            table=data_table(
                caption=title,
                columns=item_columns(),
                rows=[(words.item(area, code), *_in_words(questions.items[area, code])) for code in codes],
            ),
        )
        for area, title, codes in groups
    ]


def item_columns() -> list[str]:
    return [
        _("Question"),
        _("Answered"),
        _("Does not apply"),
        _("Do not know"),
        _("Mean"),
        _("Spread"),
        *(_("Share of %(step)s") % {"step": step} for step in range(5)),
        _("Item-rest correlation"),
    ]


def rules(*, least: int, with_small_figures: bool) -> list[str]:
    """How to read the figures."""
    said = [
        _("Each company counts once, by its newest completed assessment."),
        _("Questions are counted as brokers answered them, in the newest version of the instrument."),
        _(
            "Alpha needs %(least)s complete answers to a block; with fewer it is left to chance, and their number is "
            "shown instead. Of the barriers it takes the eight that are always asked."
        )
        % {"least": least},
        _("These figures describe the questions and the network. They are no ranking of companies."),
    ]
    if not with_small_figures:
        said.append(
            _(
                "Figures from 1 to %(most)s are withheld, with the sums beside them and as many others as it takes "
                "that none can be worked out."
            )
            % {"most": SMALL_CELL - 1}
        )
    return said


def titles() -> Mapping[str, str]:
    return {
        COUNTRY: _("Recommended areas by country"),
        STAGE: _("Recommended areas by stage of work abroad"),
    }


def _matrix_finding(made: Matrix) -> str:
    cells = [cell for row in made.rows for cell in row.cells if cell.value]
    if not cells:
        return _("There is nothing to show yet.")
    most = max(cells, key=lambda cell: cell.value or 0)
    return ngettext(
        "%(area)s in the row %(group)s stands out, with %(count)s company.",
        "%(area)s in the row %(group)s stands out, with %(count)s companies.",
        most.value or 0,
    ) % {"area": most.column.label, "group": most.row.label, "count": most.value}


def _alpha(questions: Questions, area: str, block: str) -> str:
    found = questions.blocks[area, block]
    if found.count < questions.instrument.rules.reliability_from:
        return _("only %(count)s") % {"count": found.count}
    return "–" if found.alpha is None else number_format(found.alpha, decimal_pos=2)


def _in_words(figures: ItemFigures) -> tuple[str | int | None, ...]:
    shares = figures.steps or (None,) * 5
    return (
        figures.answered,
        figures.left_out,
        figures.unknown,
        *(
            None if one is None else number_format(one, decimal_pos=2)
            for one in (figures.mean, figures.spread)
        ),
        *(None if share is None else f"{number_format(100 * share, decimal_pos=0)} %" for share in shares),
        None if figures.item_rest is None else number_format(figures.item_rest, decimal_pos=2),
    )
