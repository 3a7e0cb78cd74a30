"""Loads the partner organisations that TIBS ships."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext as _

from brokers.models import HostOrganisation
from regions.models import Region
from regions.reference.reader import BadReferenceDataError, Line, Problem, read_table
from regions.services.upsert import TableReport, upsert

FILE = "host_organisations.csv"


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
            raise ValueError(_("The kind “%(kind)s” is not known.") % {"kind": self.kind})
        if not self.nuts:
            raise ValueError(_("No region is named."))


def read(directory: Path, problems: list[Problem]) -> list[Line[HostRow]]:
    """The good rows of the file; what is wrong with the others is added to `problems`."""
    lines = read_table(directory / FILE, HostRow, problems)
    first_lines: dict[int, int] = {}
    for line in lines:
        first = first_lines.setdefault(line.row.number, line.number)
        if first != line.number:
            reason = _("The partner number stands on line %(line)d already.") % {"line": first}
            problems.append(Problem(FILE, line.number, reason))
    return lines


@transaction.atomic
def bring_up_to_date(lines: Sequence[Line[HostRow]]) -> TableReport:
    """Bring the host organisations to the state of the file; their regions must be loaded already.

    BadReferenceDataError names the rows whose regions do not exist in their countries.
    """
    countries = dict(Region.objects.active().values_list("code", "country_id"))
    problems = []
    for line in lines:
        foreign = [code for code in line.row.nuts if countries.get(code) != line.row.country]
        if foreign:
            reason = _("Not a region of %(country)s: %(codes)s.")
            facts = {"country": line.row.country, "codes": ", ".join(foreign)}
            problems.append(Problem(FILE, line.number, reason % facts))
    if problems:
        raise BadReferenceDataError(problems)
    _free_numbers({line.row.slug: line.row.number for line in lines})
    return upsert(HostOrganisation, key=["slug"], rows=[_values(line.row) for line in lines])


def _free_numbers(numbers: dict[str, int]) -> None:
    """Organisations may swap their numbers: until both are written, those that change theirs are inactive."""
    stored = HostOrganisation.objects.active().values_list("slug", "number")
    moved = [slug for slug, number in stored if numbers.get(slug, number) != number]
    HostOrganisation.objects.filter(slug__in=moved).update(active=False)


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
