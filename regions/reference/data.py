"""A whole folder of reference data as typed rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regions.reference import rows
from regions.reference.reader import Line, Problem, read_table

ROW_TYPES: dict[str, Any] = {
    "countries": rows.CountryRow,
    "regions": rows.RegionRow,
    "nace_codes": rows.NaceRow,
    "s3_domains": rows.DomainRow,
    "domain_nace": rows.DomainNaceRow,
    "s3_priorities": rows.PriorityRow,
    "s3_priority_domains": rows.PriorityDomainRow,
    "postcode_areas": rows.PostcodeRow,
}


@dataclass(frozen=True)
class ReferenceData:
    """The good rows of each file, which is named like its field with the ending .csv."""

    countries: list[Line[rows.CountryRow]]
    regions: list[Line[rows.RegionRow]]
    nace_codes: list[Line[rows.NaceRow]]
    s3_domains: list[Line[rows.DomainRow]]
    domain_nace: list[Line[rows.DomainNaceRow]]
    s3_priorities: list[Line[rows.PriorityRow]]
    s3_priority_domains: list[Line[rows.PriorityDomainRow]]
    postcode_areas: list[Line[rows.PostcodeRow]]

    def rows(self, name: str) -> Sequence[Any]:
        """The rows of one file, by the name of its field."""
        return [line.row for line in getattr(self, name)]


def read_folder(directory: Path, problems: list[Problem]) -> ReferenceData:
    """All files of the folder; what is wrong in them is added to `problems`."""
    return ReferenceData(
        **{name: read_table(directory / f"{name}.csv", kind, problems) for name, kind in ROW_TYPES.items()}
    )
