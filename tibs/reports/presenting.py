"""The corridors as pages and files show them: matrices with a finding, a list, and the words that define both."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tibs.figures import SMALL_CELL
from tibs.rendering.matrix import Axis, Matrix, busiest, heat_matrix
from tibs.rendering.tables import Table, data_table
from tibs.reports.bases import Base
from tibs.reports.corridors import Corridors


@dataclass(frozen=True)
class Measure:
    """One thing that is counted: its name, its matrix, and its definition."""

    code: str
    title: str
    matrix: Matrix
    definition: str


def measures(corridors: Corridors) -> list[Measure]:
    """A matrix for each measure; the sums are those of the report, not of the cells."""
    titles = {
        "companies": _("Companies with a possible partner"),
        "profiles": _("Profiles with a possible partner"),
        "matches": _("Matches"),
    }
    return [
        Measure(code=code, title=titles[code], matrix=_matrix(corridors, code), definition=definition)
        for code, definition in definitions().items()
    ]


def definitions() -> dict[str, str]:
    """What each measure counts, one sentence each."""
    return {
        "companies": _(
            "Companies of the row's country with a profile that has a match in the column's country."
        ),
        "profiles": _("Published profiles from the row's country that have a match in the column's country."),
        "matches": _(
            "Pairs of profiles that the newest run found for the companies of the row's country, while both "
            "profiles may be shown."
        ),
    }


def rules(*, with_small_figures: bool) -> list[str]:
    """How to read all three measures."""
    said = [
        _("A row is the country of the company that TIBS serves, a column that of its possible partner."),
        _(
            "Only profiles that a company approved count in rows. Facts from public sources count as possible "
            "partners."
        ),
        _("Each sum counts a company, a profile or a match once, even where it stands in several cells."),
    ]
    if not with_small_figures:
        said.append(
            _("Figures from 1 to %(most)s are withheld, and so is each sum that would give one of them away.")
            % {"most": SMALL_CELL - 1}
        )
    return said


def bases_table(bases: list[Base]) -> Table:
    return data_table(
        caption=_("Companies and profiles by country"),
        columns=[
            _("Country"),
            _("Companies served"),
            _("Published profiles"),
            _("… with a possible partner"),
        ],
        rows=[(base.country, base.companies, base.profiles, base.profiles_with_partner) for base in bases],
    )


def pairs_table(corridors: Corridors) -> Table:
    return data_table(
        caption=_("All pairs of countries"),
        columns=pair_columns(),
        rows=[
            (
                corridors.names[own],
                corridors.names[partner],
                counts.companies,
                counts.profiles,
                counts.matches,
            )
            for own, partner, counts in corridors.pairs()
        ],
    )


def pair_columns() -> list[str]:
    return [
        _("Country of the company"),
        _("Country of the partner"),
        _("Companies"),
        _("Profiles"),
        _("Matches"),
    ]


def _matrix(corridors: Corridors, measure: str) -> Matrix:
    axes = [Axis(code, name) for code, name in corridors.names.items()]
    cells = {(own, partner): getattr(counts, measure) for own, partner, counts in corridors.pairs()}
    margins = [
        (None, None),
        *((code, None) for code in corridors.names),
        *((None, code) for code in corridors.names),
    ]
    sums = {margin: getattr(corridors.of(*margin), measure) for margin in margins}
    matrix = heat_matrix(axes, cells, sums)
    return replace(matrix, finding=_finding(matrix, measure))


def _finding(matrix: Matrix, measure: str) -> str:
    most = busiest(matrix.rows)
    if most is None:
        return _("There is nothing to show for any pair of countries yet.")
    count = most.value or 0
    sentences = {
        "companies": ngettext(
            "%(count)s company from %(own)s has a possible partner in %(partner)s; no pair of countries has more.",
            "%(count)s companies from %(own)s have a possible partner in %(partner)s; no pair of countries has more.",
            count,
        ),
        "profiles": ngettext(
            "%(count)s profile from %(own)s has a possible partner in %(partner)s; no pair of countries has more.",
            "%(count)s profiles from %(own)s have a possible partner in %(partner)s; no pair of countries has more.",
            count,
        ),
        "matches": ngettext(
            "%(count)s match leads from %(own)s to %(partner)s; no pair of countries has more.",
            "%(count)s matches lead from %(own)s to %(partner)s; no pair of countries has more.",
            count,
        ),
    }
    return sentences[measure] % {"count": count, "own": most.row.label, "partner": most.column.label}
