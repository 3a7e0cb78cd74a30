"""The matrix of countries adds up and hides what it must."""

from tibs.rendering.matrix import Axis, heat_matrix

AXES = [Axis("PL", "Poland"), Axis("FI", "Finland"), Axis("DK", "Denmark")]


def test_sums_of_rows_and_columns_meet_in_the_total():
    matrix = heat_matrix(AXES, {("PL", "FI"): 4, ("FI", "PL"): 2, ("DK", "PL"): 1})

    assert [row.total for row in matrix.rows] == [4, 2, 1]
    assert matrix.column_totals == (3, 4, 0)
    assert matrix.total == 7


def test_absent_pairs_count_zero():
    matrix = heat_matrix(AXES, {("PL", "FI"): 4})

    assert matrix.rows[2].cells[0].value == 0


def test_withheld_figures_stay_withheld_and_add_nothing():
    matrix = heat_matrix(AXES, {("PL", "FI"): None, ("PL", "DK"): 6})

    assert matrix.rows[0].cells[1].value is None
    assert matrix.rows[0].total == 6


def test_sums_that_are_given_stand_instead_of_added_ones():
    counts = {("PL", "FI"): 4, ("PL", "DK"): 3}

    matrix = heat_matrix(AXES, counts, {("PL", None): 5, (None, "DK"): None, (None, None): 5})

    assert [row.total for row in matrix.rows] == [5, 0, 0]
    assert matrix.column_totals == (0, 4, None)
    assert matrix.total == 5


def test_finding_names_the_busiest_pair():
    matrix = heat_matrix(AXES, {("PL", "FI"): 4, ("DK", "PL"): 1})

    assert matrix.finding == "The most are between Poland and Finland: 4 of 5."


def test_an_empty_matrix_says_so():
    assert heat_matrix(AXES, {}).finding == "There is nothing to count yet."
