"""Loads the partner organisations that TIBS ships."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from brokers.models import HostOrganisation
from regions.models import Region
from regions.reference import DIRECTORY
from regions.reference.reader import BadReferenceDataError, Problem, read_table
from regions.services.upsert import TableReport, upsert
from tibs.core.locks import one_at_a_time


@dataclass(frozen=True)
class HostRow:
    """One row of `host_organisations.csv`."""

    KEY: ClassVar[tuple[str, ...]] = ("slug",)

    number: int
    slug: str
    name: str
    short_name: str
    country: str
    kind: str
    nuts: tuple[str, ...]
    website: str | None
    city: str
    source: str
    verified: bool

    def __post_init__(self) -> None:
        if self.kind not in HostOrganisation.Kind.values:
            raise ValueError(f"The kind “{self.kind}” is not known.")


def load(directory: Path = DIRECTORY) -> TableReport:
    """Bring the host organisations to the state of the file; BadReferenceDataError names every bad row."""
    problems: list[Problem] = []
    lines = read_table(directory / "host_organisations.csv", HostRow, problems)
    with one_at_a_time("load host organisations"):
        regions = dict(Region.objects.values_list("code", "country_id"))
        for line in lines:
            unknown = [code for code in line.row.nuts if regions.get(code) != line.row.country]
            if unknown or not line.row.nuts:
                reason = f"Not a region of {line.row.country}: {', '.join(unknown) or 'none is named'}."
                problems.append(Problem("host_organisations.csv", line.number, reason))
        if problems:
            raise BadReferenceDataError(problems)
        return upsert(HostOrganisation, key=["slug"], rows=[_values(line.row) for line in lines])


def _values(row: HostRow) -> dict[str, object]:
    return {
        "slug": row.slug,
        "number": row.number,
        "name": row.name,
        "short_name": row.short_name,
        "country_id": row.country,
        "kind": row.kind,
        "region_id": row.nuts[0],  # where it sits; its brokers name the regions that they serve
        "website": row.website or "",
        "city": row.city,
        "active": True,
    }
