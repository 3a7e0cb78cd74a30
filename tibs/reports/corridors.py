"""Companies, profiles and matches by pair of countries, each counted once wherever it is counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from psycopg2 import sql

from companies.choices import Basis
from companies.models import CooperationProfile
from matching.models import Match, MatchRun, RunStatus
from regions.models import Country
from tibs.reports.withholding import sum_beside, unless_small

type Pair = tuple[str | None, str | None]

# One pass counts the pairs, the sums of rows and columns, and the whole network, each without duplicates.
COUNTED = sql.SQL(
    "SELECT own, partner, count(DISTINCT company), count(DISTINCT profile), count(DISTINCT match)"
    " FROM ({sides}) AS sides GROUP BY CUBE (own, partner)"
)


@dataclass(frozen=True)
class Counts:
    """The figures of one pair of countries; None is a figure that this reader does not see."""

    companies: int | None = 0
    profiles: int | None = 0
    matches: int | None = 0


MEASURES = tuple(field.name for field in fields(Counts))
NOTHING = Counts()


@dataclass(frozen=True)
class Corridors:
    """Counts by (own country, partner's country). None in a pair stands for all countries: a sum of a row,
    of a column, or of everything. `names` holds the countries in the order of the report.
    """

    names: Mapping[str, str]
    counts: Mapping[Pair, Counts]

    def of(self, own: str | None, partner: str | None) -> Counts:
        return self.counts.get((own, partner), NOTHING)

    def pairs(self) -> Iterator[tuple[str, str, Counts]]:
        """Every pair of different countries."""
        for own in self.names:
            yield from ((own, partner, self.of(own, partner)) for partner in self.names if partner != own)


def count_corridors(*, with_small_figures: bool) -> Corridors:
    """Count the pairs that the newest run found and that may still be shown; two queries.

    Row country: where the company is that is served (its profile is approved). Column country: where the
    possible partner is. Without small figures, 1 to 4 are withheld, and every sum from which one of them could
    be worked out.
    """
    names = dict(Country.objects.active().order_by("name").values_list("code", "name"))
    counts = _counted()
    corridors = Corridors(names=names, counts=counts)
    return corridors if with_small_figures else _without_small_figures(corridors)


def newest_run_at() -> datetime | None:
    """When the run ended whose matches are counted."""
    done = MatchRun.objects.filter(status=RunStatus.DONE).order_by("-pk")
    return done.values_list("finished_at", flat=True).first()


def _counted() -> dict[Pair, Counts]:
    both_ways = _sides("first", "second").union(_sides("second", "first"), all=True)
    sides, parameters = both_ways.query.sql_with_params()
    with connection.cursor() as cursor:
        counted = COUNTED.format(sides=sql.SQL(sides)).as_string(cursor.cursor)
        cursor.execute(counted, parameters)
        return {(own, partner): Counts(*figures) for own, partner, *figures in cursor.fetchall()}


def _sides(own: str, partner: str) -> QuerySet[Match, Any]:
    """The current matches as seen from one of their sides, if that side's profile is approved."""
    shown = CooperationProfile.objects.matchable().values("pk")
    return Match.objects.filter(
        is_current=True,
        **{f"{own}__in": shown, f"{partner}__in": shown, f"{own}__basis": Basis.APPROVED},
    ).values(
        own=F(f"{own}__company__country"),
        partner=F(f"{partner}__company__country"),
        company=F(f"{own}__company"),
        profile=F(f"{own}"),
        match=F("pk"),
    )


def _without_small_figures(corridors: Corridors) -> Corridors:
    counts: dict[Pair, Counts] = {
        (own, partner): Counts(**{name: unless_small(getattr(figures, name)) for name in MEASURES})
        for own, partner, figures in corridors.pairs()
    }
    for own in corridors.names:
        row = [counts[own, partner] for partner in corridors.names if partner != own]
        column = [counts[partner, own] for partner in corridors.names if partner != own]
        counts[own, None] = _sum_beside(corridors.of(own, None), row)
        counts[None, own] = _sum_beside(corridors.of(None, own), column)
    counts[None, None] = _sum_beside(corridors.of(None, None), list(counts.values()))
    return Corridors(names=corridors.names, counts=counts)


def _sum_beside(total: Counts, parts: list[Counts]) -> Counts:
    """The sum, but for measures of which a part is withheld."""
    return Counts(
        **{
            name: sum_beside(getattr(total, name), [getattr(part, name) for part in parts])
            for name in MEASURES
        }
    )
