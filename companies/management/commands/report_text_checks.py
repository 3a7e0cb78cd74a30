"""Writes how often each text check fires on descriptions of companies, and how long a text takes."""

import csv
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand

from companies.identity import name_key, normalised_domain
from companies.profiles.checks import LONGEST, check_part
from companies.profiles.findings import Facts, Finding, Identity

MOST = LONGEST["offered"]


class Command(BaseCommand):
    help = "Checks the column `description_en` of a CSV file as if it were a profile, and writes counts as Markdown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        began = perf_counter()
        found = [_findings(row) for row in rows]
        each = (perf_counter() - began) / max(len(rows), 1)
        self.stdout.write(f"{len(rows)} texts, {1000 * each:.1f} ms for each.\n")
        self.stdout.write("| check | severity | findings | texts |\n|---|---|---|---|")
        for (code, severity), number in sorted(_counted(found).items()):
            texts = sum(any((one.code, one.severity) == (code, severity) for one in text) for text in found)
            self.stdout.write(f"| {code} | {severity} | {number} | {texts} |")


def _findings(row: dict[str, str]) -> list[Finding]:
    domain = normalised_domain(row["website"])
    identity = Identity(
        names=(name_key(row["name"]),),
        domains=(domain,) if domain else (),
        towns=(row["city"],) if row["city"] else (),
    )
    return check_part(Facts(type="BO"), "offered", row["description_en"][:MOST], "en", identity)


def _counted(found: Iterable[list[Finding]]) -> Counter[tuple[str, str]]:
    return Counter((one.code, one.severity.value) for text in found for one in text)
