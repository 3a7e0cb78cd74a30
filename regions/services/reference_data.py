"""Loads the reference data that TIBS ships, or another folder of the same shape."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation

from regions.models import (
    Country,
    DomainNace,
    NaceCode,
    PostcodeArea,
    Region,
    S3Domain,
    S3Priority,
    S3PriorityDomain,
)
from regions.reference import DIRECTORY
from regions.reference.checks import check
from regions.reference.columns import Translated
from regions.reference.data import ROW_TYPES, read_folder
from regions.reference.reader import BadReferenceDataError, Problem
from regions.services.upsert import TableReport, upsert
from tibs.core.languages import LANGUAGE_CODES
from tibs.core.locks import one_at_a_time

# Tables in the order of their references.
MODELS: dict[str, type[models.Model]] = {
    "countries": Country,
    "regions": Region,
    "nace_codes": NaceCode,
    "s3_domains": S3Domain,
    "domain_nace": DomainNace,
    "s3_priorities": S3Priority,
    "s3_priority_domains": S3PriorityDomain,
    "postcode_areas": PostcodeArea,
}
EXCHANGED = {"regions": ("map_x", "map_y")}


@dataclass(frozen=True)
class LoadReport:
    """What a load did, table by table."""

    tables: tuple[TableReport, ...]

    @property
    def is_unchanged(self) -> bool:
        return not any(table.created or table.updated or table.deactivated for table in self.tables)


def load(directory: Path = DIRECTORY) -> LoadReport:
    """Brings the database to the state of the files: all of it, or nothing if any row is wrong.

    Rows are found by their codes; what the files no longer have is deactivated, never deleted. Raises
    BadReferenceDataError with every problem found.
    """
    problems: list[Problem] = []
    data = read_folder(directory, problems)
    if problems := problems or check(data):
        raise BadReferenceDataError(problems)
    # The untranslated base column is filled from the active language, so that is fixed here.
    with one_at_a_time("load reference data"), translation.override(settings.LANGUAGE_CODE):
        return LoadReport(
            tuple(
                upsert(
                    model,
                    key=[_column(model, field) for field in ROW_TYPES[name].KEY],
                    rows=[_values(model, row) for row in data.rows(name)],
                    exchanged=EXCHANGED.get(name, ()),
                )
                for name, model in MODELS.items()
            )
        )


def _values(model: type[models.Model], row: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"active": getattr(row, "active", True)}
    for field in fields(row):
        value = getattr(row, field.name)
        if isinstance(value, Translated):
            values |= {f"{field.name}_{language}": value.get(language) for language in LANGUAGE_CODES}
        else:
            values[_column(model, field.name)] = list(value) if isinstance(value, tuple) else value
    return values


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    return str(getattr(field, "attname", name))
