"""Measures how well the text encoder finds translations: cross-lingual recall at 10."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.services.evaluation import evaluate
from tibs.core.errors import BadInputError

HEADING = "| language means | recall@10 over language pairs | recall@10 in the mixed pool |\n|---|---|---|"


class Command(BaseCommand):
    """FILE is tab-separated (or .gz) with a column for each language; a row names one thing in all of them."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--sample", type=int, help="measure this many rows, drawn with a fixed seed")

    def handle(self, *, file: Path, sample: int | None, **options: Any) -> None:
        if sample is not None and sample < 1:
            raise CommandError("--sample takes a number from 1 up.")
        try:
            found = evaluate(file, sample=sample)
        except BadInputError as error:
            raise CommandError(str(error)) from error
        stand_in = ", a stand-in that sees letters only" if found.is_stand_in else ""
        size = f"{found.concepts} things in {len(found.languages)} languages"
        self.stdout.write(f"Encoder {found.encoder}{stand_in}; {size}\n")
        self.stdout.write(HEADING)
        for name, recall in (
            ("none (encoder as shipped)", found.raw),
            ("shipped with TIBS", found.shipped),
            ("of the platform, leaning on the shipped", found.platform),
            ("of these very texts", found.own),
        ):
            self.stdout.write(f"| {name} | {recall.pairwise:.3f} | {recall.mixed:.3f} |")
