"""Searches partners for a list of requests and writes what was found, with judgements, as a page of results."""

import time
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from matching.services.partners import Partner, Request, find_for_request
from matching.services.requests_report import Answer, write_report
from tibs.accounts.actor import system

OPERATOR = system("command.report_requests")


class Command(BaseCommand):
    """REQUESTS and JUDGEMENTS are TOML; see `benchmarks/`. What is not judged yet is marked with a question mark."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("requests", type=Path)
        parser.add_argument("judgements", type=Path)
        parser.add_argument("--out", type=Path, help="Markdown file to write; printed without it")
        parser.add_argument("--top", type=int, default=5)

    def handle(self, *, requests: Path, judgements: Path, out: Path | None, top: int, **options: Any) -> None:
        asked = tomllib.loads(requests.read_text(encoding="utf-8"))["request"]
        judged = tomllib.loads(judgements.read_text(encoding="utf-8"))
        _search(
            asked[0], top
        )  # loads the encoder and the snapshot, so that the times below are those of a search
        report = write_report([_answer(request, top) for request in asked], judged)
        if out:
            out.write_text(report, encoding="utf-8")
        else:
            self.stdout.write(report)


def _answer(asked: dict[str, str], top: int) -> Answer:
    began = time.perf_counter()
    partners = _search(asked, top)
    return Answer(asked, partners, time.perf_counter() - began)


def _search(asked: dict[str, str], top: int) -> list[Partner]:
    request = Request(text=asked["text"], language=asked["language"], country=asked["country"])
    return find_for_request(request=request, by=OPERATOR, top=top)
