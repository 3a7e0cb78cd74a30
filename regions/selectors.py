"""Reads that join reference tables."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from regions.models import Country, DomainNace, NaceCode, PostcodeArea, Region, S3Priority
from regions.nace_search import Branch, best_branches
from regions.postcodes import digits_of, prefixes_of
from tibs.core.languages import LANGUAGE_CODES


def country_names(codes: Collection[str]) -> list[str]:
    """The names of these countries, sorted; no query for none."""
    if not codes:
        return []
    return list(Country.objects.filter(code__in=codes).order_by("name").values_list("name", flat=True))


def region_for_postcode(country: Country, postcode: str) -> Region | None:
    """The small region in which a postcode lies; None if it is not a postcode of that country."""
    digits = digits_of(postcode, country=country.code, length=country.postcode_digits)
    if digits is None:
        return None
    areas = PostcodeArea.objects.active().filter(country=country, prefix__in=prefixes_of(digits))
    area = areas.select_related("region").order_by(-Length("prefix")).first()
    return area.region if area else None


@dataclass(frozen=True)
class PostcodeTable:
    """All postcodes in memory, for callers who look up many: an import, for instance."""

    digits: dict[str, int]
    regions: dict[tuple[str, str], str]

    @classmethod
    def load(cls) -> Self:
        areas = PostcodeArea.objects.active().values_list("country_id", "prefix", "region_id")
        return cls(
            digits=dict(Country.objects.active().values_list("code", "postcode_digits")),
            regions={(country, prefix): region for country, prefix, region in areas},
        )

    def region_code(self, country: str, postcode: str) -> str | None:
        """The same answer as `region_for_postcode`, by codes."""
        digits = digits_of(postcode, country=country, length=self.digits.get(country, 0))
        found = (self.regions.get((country, prefix)) for prefix in prefixes_of(digits or ""))
        return next((region for region in found if region), None)


def priorities_of_region(region: Region) -> QuerySet[S3Priority]:
    """The priorities that hold in a region: its own, those of the regions around it, and its country's."""
    around = [region.code[:length] for length in range(3, len(region.code) + 1)]
    place = Q(region__in=around) | Q(country=region.country_id)
    return S3Priority.objects.active().filter(place).order_by("code")


def nace_paths() -> dict[str, tuple[str, ...]]:
    """For each NACE code the codes from its section down to itself: ("C", "10", "10.1", "10.11")."""
    parents = dict(NaceCode.objects.active().values_list("code", "parent_id"))

    def path(code: str | None) -> tuple[str, ...]:
        return () if code is None else (*path(parents.get(code)), code)

    return {code: path(code) for code in parents}


def branches_by_words(words: str, *, language: str, chosen: str = "", most: int = 10) -> list[Branch]:
    """The NACE divisions, groups and classes that fit words of the reader's language or English, best first.

    The one with the code `chosen` comes first whatever the words.
    """
    own = f"label_{language if language in LANGUAGE_CODES else 'en'}"
    rows = NaceCode.objects.active().filter(level__gt=1).order_by("code")
    columns = rows.values("code", *{own, "label_en"})
    branches = [Branch(row["code"], row[own] or "", row["label_en"]) for row in columns]
    kept = [branch for branch in branches if branch.code == chosen]
    return kept + [branch for branch in best_branches(branches, words, most) if branch.code != chosen]


def domain_weights() -> dict[str, dict[str, Decimal]]:
    """For each NACE code its domains and how much of it belongs to each; the weights add up to 1.

    A code without weights of its own takes those of the nearest wider code that has some; a branch that
    belongs to no domain has an empty entry.
    """
    own: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for nace, domain, weight in DomainNace.objects.active().values_list("nace_id", "domain_id", "weight"):
        own[nace][domain] = weight
    return {
        code: next((own[wider] for wider in reversed(path) if wider in own), {})
        for code, path in nace_paths().items()
    }


@dataclass(frozen=True)
class MapTile:
    """A region on the map, and whether a partner organisation serves it or a part of it."""

    region: Region
    is_served: bool


def map_tiles() -> list[MapTile]:
    """The tiles of the map in reading order."""
    served = list(Region.objects.active().filter(partner_area=True).values_list("code", flat=True))
    # The code of a region begins with the code of the region that it lies in.
    return [
        MapTile(
            region=region,
            is_served=any(region.code.startswith(code) or code.startswith(region.code) for code in served),
        )
        for region in Region.objects.active().filter(map_x__isnull=False).order_by("map_y", "map_x")
    ]
