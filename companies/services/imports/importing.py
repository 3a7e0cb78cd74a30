"""Brings companies and their public facts to the state of a file, in batches that each stand for themselves."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext as _

from brokers.models import HostOrganisation
from companies import events
from companies.policies import can_import_companies, require
from companies.services.imports.batch import Batch, Outcome
from companies.services.imports.problems import BadFileError, Problem
from companies.services.imports.rows import BadRow, ImportRow
from tibs.accounts.actor import Actor
from tibs.core.locks import one_at_a_time
from tibs.events.recording import record

BATCH = 500
MOST_SHOWN = 50


@dataclass
class Report:
    """What became of the rows of a file. `problems` holds the first ones, `problem_count` all of them.

    `left_alone` counts companies that a broker has taken over, that were erased, or whose facts were withdrawn: an
    import never brings back what somebody asked to remove, and never overwrites what a broker keeps.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: int = 0
    refused: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.created + self.updated + self.unchanged + self.left_alone + self.refused

    @property
    def counts(self) -> dict[str, int]:
        names = ("created", "updated", "unchanged", "left_alone", "refused")
        return {name: getattr(self, name) for name in names}

    def add(self, outcome: Outcome) -> None:
        self.created += outcome.created
        self.updated += outcome.updated
        self.unchanged += outcome.unchanged
        self.left_alone += outcome.left_alone
        for problem in outcome.problems:
            self.refuse([problem])

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Count one row that was not imported."""
        self.refused += 1
        for problem in problems:
            self.problem_count += 1
            if len(self.problems) < MOST_SHOWN:
                self.problems.append(problem)


def default_hosts() -> dict[str, HostOrganisation]:
    """The first host organisation of each country, by its partner number."""
    hosts = HostOrganisation.objects.active().order_by("-number")
    return {host.country_id: host for host in hosts}


def import_companies(
    *,
    rows: Iterable[ImportRow | BadRow],
    source: str,
    file_hash: str,
    host_by_country: Mapping[str, HostOrganisation],
    by: Actor,
    dry_run: bool = False,
    progress: Callable[[Report], None] = lambda _report: None,
) -> Report:
    """Import every good row and report the others. Running again changes nothing; a dry run writes nothing.

    A company is found by `source` and its id there. New ones are leads of their country's host organisation,
    with one profile of basis `public_source`. Each batch is one transaction, so an interrupted import is
    finished by running it again.
    """
    require(can_import_companies(by))
    if not host_by_country:
        raise BadFileError(_("There is no host organisation yet. Load the reference data first."))
    report = Report()
    for batch in batched(_first_of_each(rows, report), BATCH, strict=False):
        with one_at_a_time(f"import {source}"):
            outcome = Batch(batch, source, host_by_country).carry_out(dry_run=dry_run)
        report.add(outcome)
        progress(report)
    if not dry_run:
        _record(report, source, file_hash, host_by_country, by)
    return report


def _first_of_each(rows: Iterable[ImportRow | BadRow], report: Report) -> Iterator[ImportRow]:
    """Good rows whose id and register number no earlier row has; about 100 bytes a row are kept for that."""
    ids: dict[str, int] = {}
    numbers: dict[tuple[str, str], int] = {}
    for row in rows:
        if isinstance(row, BadRow):
            report.refuse(row.problems)
            continue
        number = row.company.get("register_number")
        twin = ids.get(row.external_id) or (number and numbers.get((row.country, number)))
        if twin:
            reason = _("The id or register number stands on line %(line)d already.")
            report.refuse([Problem(row.line, "", reason % {"line": twin})])
            continue
        ids[row.external_id] = row.line
        if number:
            numbers[row.country, number] = row.line
        yield row


@transaction.atomic
def _record(
    report: Report, source: str, file_hash: str, hosts: Mapping[str, HostOrganisation], by: Actor
) -> None:
    """One record for the whole file; it stands with the first of the host organisations."""
    facts = {
        "source": source,
        "file_hash": file_hash,
        "hosts": sorted(host.public_id for host in hosts.values()),
        **report.counts,
    }
    first = min(hosts.values(), key=lambda host: host.number)
    record(events.COMPANIES_IMPORTED, about=first, by=by, facts=facts)
