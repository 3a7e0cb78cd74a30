"""Imports companies from a CSV or XLSX file as public facts that brokers can search."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brokers.models import HostOrganisation
from companies.services.imports.importing import Report, default_hosts, import_companies
from companies.services.imports.known import Known
from companies.services.imports.mapping import FIELDS, Mapping, map_columns, read_mapping
from companies.services.imports.rows import RowReader
from companies.services.imports.tables import Table, open_table
from tibs.accounts.actor import system
from tibs.core.errors import DomainError
from tibs.core.languages import LANGUAGE_CODES

OPERATOR = system("command.import_companies")
LONGEST_SOURCE = 60
ROWS_A_LINE = 10_000


class Command(BaseCommand):
    help = (
        "Imports companies from a CSV or XLSX file. Good rows are imported, bad ones are listed with their lines; "
        f"the exit code is 1 if there was a bad one. Fields are: {', '.join(FIELDS)}."
    )

    lines = 0  # of progress that were written

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing, report the same")
        parser.add_argument("--mapping", default="", help="field=column,… or a TOML file with such lines")
        parser.add_argument("--source", default="", help="name of the source (the file's name)")
        parser.add_argument(
            "--host", action="append", default=[], metavar="SLUG", help="hosts its country's companies"
        )
        parser.add_argument(
            "--language", choices=LANGUAGE_CODES, default="en", help="of texts that do not say"
        )
        parser.add_argument("--encoding", default="", help="of a CSV file (found out if left out)")
        parser.add_argument("--sheet", default="", help="of a workbook (the first with cells)")

    def handle(self, *, file: Path, mapping: str, dry_run: bool, **options: Any) -> None:
        source = options["source"] or file.stem
        if len(source) > LONGEST_SOURCE:
            raise CommandError(
                _("The name of the source is longer than %(most)d characters.") % {"most": LONGEST_SOURCE}
            )
        try:
            hosts = default_hosts() | _chosen_hosts(options["host"])
            table = open_table(file, encoding=options["encoding"], sheet=options["sheet"])
            columns = map_columns(table.heading, read_mapping(mapping), options["language"])
            self._announce(table, columns)
            reader = RowReader(columns, Known.load(frozenset(hosts)), len(table.heading))
            report = import_companies(
                rows=reader.read(table.rows),
                source=source,
                file_hash=table.sha256,
                host_by_country=hosts,
                by=OPERATOR,
                dry_run=dry_run,
                progress=self._progress,
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self._sum_up(report, dry_run=dry_run)
        if report.refused:
            raise SystemExit(1)

    def _announce(self, table: Table, columns: Mapping) -> None:
        for note in table.notes:
            self.stdout.write(note)
        for field, column in columns.columns.items():
            self.stdout.write(f"  {field} <- {column}")
        if columns.unused:
            self.stdout.write(
                _("Columns that are left out: %(names)s") % {"names": ", ".join(columns.unused)[:500]}
            )

    def _progress(self, report: Report) -> None:
        if report.rows // ROWS_A_LINE > self.lines:
            self.lines = report.rows // ROWS_A_LINE
            self.stdout.write(_("%(count)d rows done") % {"count": report.rows})

    def _sum_up(self, report: Report, *, dry_run: bool) -> None:
        self.stdout.write(
            _(
                "%(created)d created, %(updated)d updated, %(unchanged)d unchanged, "
                "%(left_alone)d left alone, %(refused)d refused"
            )
            % report.counts
        )
        for problem in report.problems:
            place = _("line %(line)d") % {"line": problem.line} + (
                f", {problem.column}" if problem.column else ""
            )
            self.stderr.write(f"  {place}: {problem.reason}")
        more = report.problem_count - len(report.problems)
        if more:
            self.stderr.write(
                ngettext("  and %(count)d more problem", "  and %(count)d more problems", more)
                % {"count": more}
            )
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing was written."))


def _chosen_hosts(slugs: list[str]) -> dict[str, HostOrganisation]:
    found = {host.slug: host for host in HostOrganisation.objects.active().filter(slug__in=slugs)}
    unknown = [slug for slug in slugs if slug not in found]
    if unknown:
        known = ", ".join(HostOrganisation.objects.active().order_by("number").values_list("slug", flat=True))
        raise CommandError(
            _("There is no host organisation %(unknown)s. There are: %(known)s.")
            % {"unknown": ", ".join(unknown), "known": known}
        )
    return {found[slug].country_id: found[slug] for slug in slugs}
