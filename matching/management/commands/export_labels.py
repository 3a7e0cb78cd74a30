"""Writes what brokers were shown and what they decided, as CSV for fitting the weights; nothing personal is in it."""

import csv
from typing import Any

from django.core.management.base import BaseCommand

from matching.services.labels import COLUMNS, label_rows


class Command(BaseCommand):
    """One line for each match, side and day that it was shown: its score and parts then, and the decision now."""

    help = __doc__ or ""

    def handle(self, **options: Any) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(label_rows())
