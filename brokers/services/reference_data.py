"""Loads everything that TIBS ships: the tables of regions, and the host organisations that sit in them."""

from pathlib import Path

from django.db import transaction

from brokers.services import host_organisations
from regions.reference import DIRECTORY
from regions.reference.reader import BadReferenceDataError, Problem
from regions.services import reference_data
from regions.services.reference_data import LoadReport


@transaction.atomic
def load(directory: Path = DIRECTORY) -> LoadReport:
    """Bring the database to the state of all files, or leave it as it is if any row of any file is wrong.

    Raises BadReferenceDataError with every problem found.
    """
    problems: list[Problem] = []
    hosts = host_organisations.read(directory, problems)
    try:
        report = reference_data.load(directory)
    except BadReferenceDataError as error:
        raise BadReferenceDataError([*problems, *error.problems]) from error
    if problems:
        raise BadReferenceDataError(problems)
    return LoadReport((*report.tables, host_organisations.bring_up_to_date(hosts)))
