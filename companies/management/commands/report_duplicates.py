"""Writes how many companies look like another one, and how fast that is found out."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from companies.models import Company
from companies.services.duplicates import Why
from companies.services.duplicates_report import Findings, findings, invent

PAGE = """# Companies that look alike

{companies} companies of the source “{source}” were each looked up among all companies of the network, as the page
“Similar companies” does it. This page was written by

    ./run manage import_companies FILE --source {source}
    ./run manage report_duplicates --source {source} --beside {beside} --out docs/results/duplicates.md

It holds counts only. Nobody judged the pairs: a similar name is a reason to look, not a finding. The times are those
of a development machine that had other work.

| pairs | number |
|---|---|
| all | {pairs} |
| with the same register or VAT number (certain) | {certain} |
| with more than one reason | {several} |
| same web address | {web_domain} |
| same contact person | {person} |
| similar name | {name} |

| search for one company | median | 19 of 20 faster than |
|---|---|---|
| among {companies} companies | {middle:.1f} ms | {slow:.1f} ms |
{grown}"""
GROWN = "| among {companies} companies, {beside} of them invented | {middle:.1f} ms | {slow:.1f} ms |\n"


class Command(BaseCommand):
    help = "Looks up every company of a source for duplicates and writes counts and times as Markdown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", required=True)
        parser.add_argument(
            "--beside", type=int, default=0, help="measure again beside so many invented ones"
        )
        parser.add_argument("--out", type=Path)

    def handle(self, *, source: str, beside: int, out: Path | None, **options: Any) -> None:
        companies = list(Company.objects.filter(source=source).order_by("pk"))
        if len(companies) < 2:
            raise CommandError("There are not two companies of this source. Import them first.")
        found = findings(companies)
        page = PAGE.format(
            source=source,
            companies=len(companies),
            beside=beside,
            pairs=len(found.pairs),
            certain=found.certain,
            several=found.several_reasons,
            middle=found.middle,
            slow=found.slow,
            grown=_grown(companies, beside) if beside else "",
            **{why.value: found.by_reason[why] for why in Why},
        )
        if out:
            out.write_text(page, encoding="utf-8")
        else:
            self.stdout.write(page)


def _grown(companies: list[Company], beside: int) -> str:
    """The times of the same searches in a larger network, which is taken back afterwards."""
    with transaction.atomic():
        invent(beside, companies[0])
        with connection.cursor() as cursor:
            # What autovacuum does on its own after such a load.
            cursor.execute("SELECT gin_clean_pending_list('companies_company_name_key')")
            cursor.execute("ANALYZE companies_company")
        found: Findings = findings(companies)
        transaction.set_rollback(True)
    return GROWN.format(
        companies=len(companies) + beside, beside=beside, middle=found.middle, slow=found.slow
    )
