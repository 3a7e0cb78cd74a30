"""A map of equal tiles: each region is one square near its true place, so small regions count as much."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tibs.rendering.classes import Scale, quantile_scale

SIDE = 40
GAP = 3
MARGIN = 6


@dataclass(frozen=True)
class Tile:
    """One region: column `x` and row `y` of the grid, its country as `group`, and the value shown.

    `value` None means that nothing is known or that the figure is withheld.
    """

    code: str
    x: int
    y: int
    label: str
    value: float | None = None
    group: str = ""
    url: str = ""


@dataclass(frozen=True)
class PlacedTile:
    """A tile in units of the drawing, with its class of shade from 0 (nothing) to 4 (most)."""

    tile: Tile
    x: int
    y: int
    level: int
    center_x: float
    center_y: float


@dataclass(frozen=True)
class Border:
    """A line between two countries, in units of the drawing."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class TileMap:
    """Everything that the template draws, its legend, and one sentence that says what it shows.

    `tiles` run in reading order of the grid, `ranked` from the highest value down for the table.
    """

    tiles: tuple[PlacedTile, ...]
    ranked: tuple[Tile, ...]
    borders: tuple[Border, ...]
    scale: Scale
    side: int
    view_box: str
    finding: str


def tile_map(tiles: Sequence[Tile]) -> TileMap:
    """Place the tiles, shade them by quantile, and draw a border wherever two countries meet."""
    left = min((tile.x for tile in tiles), default=0)
    top = min((tile.y for tile in tiles), default=0)
    columns = max((tile.x for tile in tiles), default=0) - left + 1
    rows = max((tile.y for tile in tiles), default=0) - top + 1
    step = SIDE + GAP
    scale = quantile_scale(tile.value for tile in tiles)
    placed = tuple(
        PlacedTile(
            tile=tile,
            x=MARGIN + (tile.x - left) * step,
            y=MARGIN + (tile.y - top) * step,
            level=scale.level(tile.value),
            center_x=MARGIN + (tile.x - left) * step + SIDE / 2,
            center_y=MARGIN + (tile.y - top) * step + SIDE / 2,
        )
        for tile in sorted(tiles, key=lambda tile: (tile.y, tile.x))
    )
    return TileMap(
        tiles=placed,
        ranked=tuple(sorted(tiles, key=lambda tile: (-(tile.value or 0), tile.label))),
        borders=_borders(placed),
        scale=scale,
        side=SIDE,
        view_box=f"0 0 {2 * MARGIN + columns * step - GAP} {2 * MARGIN + rows * step - GAP}",
        finding=_finding(tiles),
    )


def _borders(placed: Sequence[PlacedTile]) -> tuple[Border, ...]:
    """Lines in the gaps between neighbouring tiles of different countries."""
    by_place = {(item.x, item.y): item for item in placed}
    step, half = SIDE + GAP, GAP / 2
    lines = []
    for item in placed:
        right = by_place.get((item.x + step, item.y))
        if right and right.tile.group != item.tile.group:
            x = right.x - half
            lines.append(Border(x1=x, y1=item.y - half, x2=x, y2=item.y + SIDE + half))
        below = by_place.get((item.x, item.y + step))
        if below and below.tile.group != item.tile.group:
            y = below.y - half
            lines.append(Border(x1=item.x - half, y1=y, x2=item.x + SIDE + half, y2=y))
    return tuple(lines)


def _finding(tiles: Sequence[Tile]) -> str:
    known = [tile for tile in tiles if tile.value]
    if not known:
        return _("There is nothing to show for these regions yet.")
    most = max(known, key=lambda tile: (tile.value or 0, tile.code))
    return _("%(region)s has the most: %(value)s. %(known)s of %(all)s regions have any.") % {
        "region": most.label,
        "value": f"{most.value:g}",
        "known": len(known),
        "all": len(tiles),
    }
