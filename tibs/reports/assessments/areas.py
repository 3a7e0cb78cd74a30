"""Which areas assessments recommend, by country and by the firm's stage of work abroad."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from companies.assessments.versions import instrument
from companies.models import Assessment
from companies.models.assessment import AssessmentQuerySet
from regions.models import Country
from tibs.reports.withholding import Arc, Node, unless_small, withhold

ALL_OUT, ALL_IN = ("all", "out"), ("all", "in")
COUNTRY, STAGE = "country", "stage"
UNKNOWN_STAGE = ""


@dataclass(frozen=True)
class Distribution:
    """Companies by recommended area and by `country` or `stage`; None is a figure that this reader does not see.

    `countries` maps codes to names, `stages` and `areas` are codes in the order of the instrument; the stage ""
    stands for firms that gave none. `total` counts every company once, by its newest completed assessment.
    """

    countries: Mapping[str, str]
    stages: tuple[str, ...]
    areas: tuple[str, ...]
    total: int | None
    figures: Mapping[Arc, int | None]

    def cell(self, kind: str, code: str, area: str) -> int | None:
        return self.figures[cell_arc(kind, code, area)]

    def of_area(self, area: str) -> int | None:
        return self.figures[area_arc(area)]

    def of_group(self, kind: str, code: str) -> int | None:
        return self.figures[group_arc(kind, code)]

    def groups(self, kind: str) -> tuple[str, ...]:
        return tuple(self.countries) if kind == COUNTRY else self.stages


def newest_completed() -> AssessmentQuerySet:
    """The newest completed assessment of each company that is there: each company counts once."""
    present = Assessment.objects.completed().filter(company__merged_into=None, company__erased_at=None)
    return present.newest_of_each_company()


def count_areas(*, with_small_figures: bool) -> Distribution:
    """Count the recommended areas; two queries."""
    counted = (
        Assessment.objects.filter(pk__in=newest_completed().values("pk"))
        .values_list("company__country", "recommended_area", "stage")
        .annotate(Count("pk"))
        .order_by()
    )
    counts = {(country, area, stage): count for country, area, stage, count in counted}
    total = sum(counts.values())
    countries = dict(Country.objects.active().order_by("name").values_list("code", "name"))
    stages = (*instrument().stages, UNKNOWN_STAGE)
    figures = flows(counts, countries=countries, areas=instrument().area_codes, stages=stages)
    return Distribution(
        countries=countries,
        stages=stages,
        areas=instrument().area_codes,
        total=total if with_small_figures else unless_small(total),
        figures=figures if with_small_figures else withhold(figures, known=total),
    )


def flows(
    counts: Mapping[tuple[str, str, str], int],
    *,
    countries: Iterable[str],
    areas: Iterable[str],
    stages: Iterable[str],
) -> dict[Arc, int]:
    """The two tables as one flow: from all by country into the areas, and from the areas by stage back to all.

    `counts` are companies by country, area and stage.
    """
    figures: dict[Arc, int] = {area_arc(area): 0 for area in areas}
    for kind, codes in ((COUNTRY, countries), (STAGE, stages)):
        for code in codes:
            figures[group_arc(kind, code)] = 0
            figures |= {cell_arc(kind, code, area): 0 for area in areas}
    for (country, area, stage), count in counts.items():
        for arc in (
            group_arc(COUNTRY, country),
            cell_arc(COUNTRY, country, area),
            area_arc(area),
            cell_arc(STAGE, stage, area),
            group_arc(STAGE, stage),
        ):
            figures[arc] = figures.get(arc, 0) + count
    return figures


def group_arc(kind: str, code: str) -> Arc:
    """The sum of a country or of a stage."""
    return (ALL_OUT, (kind, code)) if kind == COUNTRY else ((kind, code), ALL_IN)


def cell_arc(kind: str, code: str, area: str) -> Arc:
    """The companies of a country or of a stage to whom an area is recommended."""
    group: Node = (kind, code)
    return (group, ("area in", area)) if kind == COUNTRY else (("area out", area), group)


def area_arc(area: str) -> Arc:
    """The sum of an area, which both tables share."""
    return (("area in", area), ("area out", area))
