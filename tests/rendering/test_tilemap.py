"""The tile map keeps places, borders and figures."""

from tibs.rendering.tilemap import Tile, tile_map


def tile(code, x, y, **more):
    return Tile(code=code, x=x, y=y, label=f"Region {code}", group=code[:2], **more)


def test_tiles_keep_their_places_relative_to_the_first_column_and_row():
    drawn = tile_map([tile("PL1", 5, 7), tile("PL2", 6, 7), tile("PL3", 5, 8)])

    first, second, third = drawn.tiles
    assert second.x - first.x == third.y - first.y == drawn.side + 3
    assert drawn.view_box == "0 0 95 95"


def test_a_border_runs_only_between_neighbours_of_different_countries():
    drawn = tile_map([tile("DE1", 0, 0), tile("DE2", 1, 0), tile("PL1", 2, 0), tile("PL2", 4, 0)])

    assert len(drawn.borders) == 1
    assert drawn.borders[0].x1 == drawn.borders[0].x2


def test_table_runs_from_the_highest_value_down_with_withheld_figures_kept():
    drawn = tile_map([tile("A1", 0, 0, value=2), tile("A2", 1, 0), tile("A3", 2, 0, value=9)])

    assert [(entry.code, entry.value) for entry in drawn.ranked] == [("A3", 9), ("A1", 2), ("A2", None)]


def test_finding_names_the_region_with_the_most():
    drawn = tile_map([tile("A1", 0, 0, value=2), tile("A2", 1, 0), tile("A3", 2, 0, value=9)])

    assert drawn.finding == "Region A3 has the most: 9. 2 of 3 regions have any."


def test_a_map_without_figures_says_so():
    assert tile_map([tile("A1", 0, 0)]).finding == "There is nothing to show for these regions yet."


def test_a_map_of_nothing_can_be_drawn():
    assert tile_map([]).tiles == ()
