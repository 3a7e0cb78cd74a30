"""The map of the network: one link for each country, its regions as tiles, the areas of the partners marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brokers.selectors import ListedHost
from regions.models import Country
from regions.selectors import MapTile, map_tiles
from tibs.rendering.tilemap import Border, PlacedTile, Tile, tile_map

SERVED = 1.0


@dataclass(frozen=True)
class CountryOnMap:
    """A country as one link, or without one where nobody hosts brokers; `label` says what its tiles show."""

    label: str
    url: str
    tiles: tuple[PlacedTile, ...]


@dataclass(frozen=True)
class NetworkMap:
    """The drawing in units of its `view_box`; a tile with a value is an area that a partner serves."""

    countries: tuple[CountryOnMap, ...]
    borders: tuple[Border, ...]
    side: int
    view_box: str
    finding: str


def network_map(hosts: Iterable[ListedHost]) -> NetworkMap:
    """Draw the regions of the reference data; `hosts` are those of the directory. Three queries."""
    regions = map_tiles()
    drawn = tile_map([_tile(region) for region in regions])
    with_brokers = {host.country_code for host in hosts}
    countries = tuple(
        _country(country, drawn.tiles, has_brokers=country.code in with_brokers)
        for country in Country.objects.active().order_by("name")
    )
    return NetworkMap(
        countries=countries,
        borders=drawn.borders,
        side=drawn.side,
        view_box=drawn.view_box,
        finding=_finding(sum(tile.is_served for tile in regions), len(with_brokers)),
    )


def _tile(place: MapTile) -> Tile:
    region = place.region
    return Tile(
        code=region.country_id,
        x=region.map_x or 0,
        y=region.map_y or 0,
        label=region.name,
        value=SERVED if place.is_served else None,
        group=region.country_id,
    )


def _country(country: Country, tiles: Iterable[PlacedTile], *, has_brokers: bool) -> CountryOnMap:
    own = tuple(placed for placed in tiles if placed.tile.group == country.code)
    served = ", ".join(placed.tile.label for placed in own if placed.tile.value)
    if not has_brokers:
        return CountryOnMap(label=country.name, url="", tiles=own)
    label = _("%(country)s: brokers in %(regions)s") % {"country": country.name, "regions": served}
    return CountryOnMap(label=label, url=f"{reverse('directory')}?country={country.code}", tiles=own)


def _finding(areas: int, countries: int) -> str:
    return ngettext(
        "Brokers work in %(areas)s region of %(countries)s countries.",
        "Brokers work in %(areas)s regions of %(countries)s countries.",
        areas,
    ) % {"areas": areas, "countries": countries}
