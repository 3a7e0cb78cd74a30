"""What rows of reference data must fulfil together: what they name exists, weights add up, tiles are free."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from regions.reference.data import ReferenceData
from regions.reference.reader import Line, Problem
from regions.reference.rows import DomainNaceRow, NaceRow, RegionRow

# File, column, and the file whose codes may stand in that column.
REFERENCES = [
    ("regions", "country", "countries"),
    ("regions", "parent", "regions"),
    ("regions", "replaced_by", "regions"),
    ("nace_codes", "parent", "nace_codes"),
    ("domain_nace", "domain", "s3_domains"),
    ("domain_nace", "nace", "nace_codes"),
    ("s3_priorities", "region", "regions"),
    ("s3_priorities", "country", "countries"),
    ("s3_priority_domains", "priority", "s3_priorities"),
    ("s3_priority_domains", "domain", "s3_domains"),
    ("postcode_areas", "country", "countries"),
    ("postcode_areas", "region", "regions"),
]


def check(data: ReferenceData) -> list[Problem]:
    """Everything that is wrong between the rows of the files."""
    return [
        *_unknown_references(data),
        *_misplaced("regions.csv", data.regions),
        *_misplaced("nace_codes.csv", data.nace_codes),
        *_foreign_regions(data),
        *_taken_tiles(data.regions),
        *_wrong_sums(data.domain_nace),
        *_postcode_misfits(data),
    ]


def _unknown_references(data: ReferenceData) -> Iterator[Problem]:
    for name, column, target in REFERENCES:
        known = {row.code for row in data.rows(target)}
        lines: Sequence[Line[Any]] = getattr(data, name)
        for line in lines:
            code = getattr(line.row, column)
            if code is not None and code not in known:
                reason = _("%(column)s: “%(code)s” is not in %(file)s.")
                yield Problem(
                    f"{name}.csv",
                    line.number,
                    reason % {"column": column, "code": code, "file": f"{target}.csv"},
                )


def _misplaced(file: str, lines: Iterable[Line[RegionRow]] | Iterable[Line[NaceRow]]) -> Iterator[Problem]:
    levels = {line.row.code: line.row.level for line in lines}
    for line in lines:
        parent = line.row.parent
        if parent in levels and levels[parent] != line.row.level - 1:
            yield Problem(file, line.number, _("The parent is not one level above."))


def _foreign_regions(data: ReferenceData) -> Iterator[Problem]:
    countries = {row.code: row.country for row in data.rows("regions")}
    for line in data.regions:
        if countries.get(line.row.parent or "", line.row.country) != line.row.country:
            yield Problem("regions.csv", line.number, _("The parent lies in another country."))
    for area in data.postcode_areas:
        if countries.get(area.row.region, area.row.country) != area.row.country:
            yield Problem("postcode_areas.csv", area.number, _("The region lies in another country."))


def _taken_tiles(lines: Iterable[Line[RegionRow]]) -> Iterator[Problem]:
    taken: dict[tuple[int | None, int | None], str] = {}
    for line in lines:
        place = (line.row.map_x, line.row.map_y)
        if place != (None, None) and taken.setdefault(place, line.row.code) != line.row.code:
            reason = _("%(code)s already has this place on the map.") % {"code": taken[place]}
            yield Problem("regions.csv", line.number, reason)


def _wrong_sums(lines: Iterable[Line[DomainNaceRow]]) -> Iterator[Problem]:
    by_code: dict[str, list[Line[DomainNaceRow]]] = defaultdict(list)
    for line in lines:
        by_code[line.row.nace].append(line)
    for code, shares in by_code.items():
        total = sum((share.row.weight for share in shares), Decimal())
        if total != 1:
            reason = _("The weights of %(code)s add up to %(total)s instead of 1.")
            yield Problem("domain_nace.csv", shares[-1].number, reason % {"code": code, "total": total})


def _postcode_misfits(data: ReferenceData) -> Iterator[Problem]:
    digits = {row.code: row.postcode_digits for row in data.rows("countries")}
    for line in data.postcode_areas:
        if len(line.row.prefix) > digits.get(line.row.country, len(line.row.prefix)):
            yield Problem("postcode_areas.csv", line.number, _("The prefix is longer than a postcode."))
