"""No small figure can be worked out from everything that is shown, by whatever arithmetic."""

from collections import defaultdict
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tibs.reports.assessments.areas import (
    COUNTRY,
    STAGE,
    area_arc,
    cell_arc,
    flows,
    group_arc,
)
from tibs.reports.withholding import is_small, sum_beside, unless_small, withhold

TWO = {"countries": ("PL", "FI"), "areas": ("MKT", "PRC"), "stages": ("active", "")}
MANY = {
    "countries": ("PL", "FI", "DK", "DE", "EE", "LT", "LV"),
    "areas": ("INB", "OPS", "OUT", "MKT", "SRV", "PRC", "TEC", "HRM", "INF"),
    "stages": ("future", "preparing", "experimental", "involved", "active", "committed", ""),
}


def groups(edges, most):
    """Companies by country, area and stage."""
    keys = st.tuples(*(st.sampled_from(edges[edge]) for edge in ("countries", "areas", "stages")))
    return st.dictionaries(keys, st.integers(1, most), max_size=60)


def published(counts, edges):
    figures = flows(counts, **edges)
    return figures, withhold(figures, known=sum(counts.values()))


def hidden(figures, shown):
    """Small figures; each of them must be withheld."""
    return [arc for arc in figures if is_small(figures[arc]) and shown[arc] is None]


def fits(figures, shown):
    """Whether a table shows what is shown, with at least 1 where something is withheld (0 where all is)."""
    least = 1 if any(one is not None for one in shown.values()) else 0
    return all(
        figures[arc] == one if one is not None else figures[arc] >= least for arc, one in shown.items()
    )


def halves(kind, total, shown):
    """Every table of one half that fits what is shown of it, by the sums of the areas."""
    codes = TWO["countries"] if kind == COUNTRY else TWO["stages"]
    arcs = [cell_arc(kind, code, area) for code in codes for area in TWO["areas"]]
    ranges = [range(total + 1) if shown[arc] is None else [shown[arc]] for arc in arcs]
    found = defaultdict(list)
    for values in product(*ranges):
        if sum(values) != total:
            continue
        cells = dict(zip(arcs, values, strict=True))
        sums = {
            group_arc(kind, code): sum(cells[cell_arc(kind, code, area)] for area in TWO["areas"])
            for code in codes
        }
        if fits(cells | sums, {arc: shown[arc] for arc in cells | sums}):
            areas = tuple(sum(cells[cell_arc(kind, code, area)] for code in codes) for area in TWO["areas"])
            found[areas].append(cells | sums)
    return found


def everything_possible(total, shown):
    """For each figure, the values that it has in any pair of tables that fits."""
    by_country, by_stage = halves(COUNTRY, total, shown), halves(STAGE, total, shown)
    possible = defaultdict(set)
    for areas in by_country.keys() & by_stage.keys():
        sums = {area_arc(area): count for area, count in zip(TWO["areas"], areas, strict=True)}
        if fits(sums, {arc: shown[arc] for arc in sums}):
            for table in (*by_country[areas], *by_stage[areas], sums):
                for arc, figure in table.items():
                    possible[arc].add(figure)
    return possible


@given(groups(TWO, 6).filter(lambda counts: 5 <= sum(counts.values()) <= 16))
@settings(max_examples=60, deadline=None)
def test_every_small_figure_could_be_another_one_for_all_that_is_shown(counts):
    figures, shown = published(counts, TWO)

    possible = everything_possible(sum(counts.values()), shown)

    assert all(one is None or not is_small(one) for one in shown.values())
    assert [arc for arc in hidden(figures, shown) if len(possible[arc]) < 2] == []


@given(groups(MANY, 30))
@settings(max_examples=40, deadline=None)
def test_no_sum_of_what_is_shown_is_a_small_figure(counts):
    """A withheld figure is worked out when it alone is a sum of multiples of what is known."""
    figures, shown = published(counts, MANY)
    unknown = [arc for arc in figures if shown[arc] is None]
    nodes = sorted({node for arc in unknown for node in arc})
    balance = np.zeros((len(nodes), len(unknown)))
    for place, (start, end) in enumerate(unknown):
        balance[nodes.index(start), place] -= 1
        balance[nodes.index(end), place] += 1

    free = np.eye(len(unknown)) - np.linalg.pinv(balance) @ balance if unknown else np.empty((0, 0))

    assert all(free[unknown.index(arc)].any() for arc in hidden(figures, shown))
    assert np.all(np.abs(np.diag(free))[[unknown.index(arc) for arc in hidden(figures, shown)]] > 1e-9)


def test_a_figure_of_one_table_is_not_given_away_by_the_other():
    """Both tables share the sums of the areas: with one figure missing in each, one less the other is known."""
    counts = {
        ("PL", "MKT", "active"): 30,
        ("FI", "MKT", "active"): 20,
        ("FI", "MKT", ""): 1,
        ("PL", "PRC", ""): 9,
    }

    figures, shown = published(counts, TWO)

    assert shown[cell_arc(STAGE, "", "MKT")] is None
    assert shown[area_arc("MKT")] is None
    assert len(everything_possible(60, shown)[cell_arc(STAGE, "", "MKT")]) > 1
    assert figures[cell_arc(STAGE, "", "MKT")] == 1


def test_large_figures_are_all_shown():
    counts = dict.fromkeys(product(*TWO.values()), 7)

    figures, shown = published(counts, TWO)

    assert shown == figures


def test_fewer_than_five_companies_in_all_show_nothing_at_all():
    _figures, shown = published({("PL", "MKT", "active"): 4}, TWO)

    assert set(shown.values()) == {None}


def test_where_nothing_can_hide_a_figure_nothing_is_shown():
    """Five companies that share no country with an area: each figure is 1 for whoever takes it for 1 at least."""
    counts = {
        ("PL", "MKT", "active"): 1,
        ("FI", "PRC", ""): 4,
    }

    _figures, shown = published(counts, TWO)

    assert all(one in (None, 0) for one in shown.values())


def test_without_the_second_step_the_other_table_gives_a_figure_away():
    """The control: withholding small figures and the sums beside them is not enough where tables share sums."""
    counts = {("PL", "MKT", "active"): 30, ("FI", "MKT", ""): 1, ("FI", "MKT", "active"): 20}
    figures = flows(counts, **TWO)
    first_step = {arc: unless_small(figure) for arc, figure in figures.items()}
    for arc in (area_arc("MKT"), group_arc(STAGE, "")):
        first_step[arc] = None

    possible = everything_possible(51, first_step)

    assert possible[cell_arc(STAGE, "", "MKT")] == {1}


def test_a_sum_beside_a_withheld_part_is_withheld():
    assert sum_beside(9, [5, None]) is None
    assert sum_beside(9, [5, 4]) == 9
    assert unless_small(4) is None
    assert (unless_small(0), unless_small(5)) == (0, 5)
