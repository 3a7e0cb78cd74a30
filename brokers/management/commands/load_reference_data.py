from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from brokers.services.reference_data import load
from regions.reference import DIRECTORY
from regions.reference.reader import BadReferenceDataError


class Command(BaseCommand):
    help = (
        "Loads countries, regions, postcodes, NACE codes, domains, priorities and host organisations: "
        "all of it or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dir", type=Path, default=DIRECTORY, help="another folder with the same files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load(options["dir"])
        except BadReferenceDataError as error:
            raise CommandError("\n".join([str(error), *map(str, error.problems)])) from error
        for table in report.tables:
            self.stdout.write(
                _(
                    "%(table)s: %(created)d created, %(updated)d updated, %(deactivated)d deactivated, "
                    "%(unchanged)d unchanged"
                )
                % vars(table)
            )
