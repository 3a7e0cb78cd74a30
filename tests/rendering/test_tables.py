"""Columns of numbers stand right, all others left."""

from tibs.rendering.tables import data_table


def test_a_column_of_numbers_with_gaps_counts_as_numbers():
    table = data_table(caption="c", columns=["name", "count"], rows=[("a", 1), ("b", None)])

    assert [column.is_number for column in table.columns] == [False, True]
    assert table.rows[1][1].is_number


def test_a_column_without_any_value_is_not_numeric():
    table = data_table(caption="c", columns=["name", "count"], rows=[("a", None)])

    assert not table.columns[1].is_number
