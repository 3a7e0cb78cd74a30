"""Measure the pages of the public catalogue among 10,000 profiles, and write docs/results/catalogue.md.

    OMP_NUM_THREADS=1 python -m benchmarks.catalogue FILE

FILE holds descriptions of real firms (benchmarks/real_firms.py), which are not part of this repository. It uses a
database of its own, made and dropped here, on the servers of DATABASE_URL and REDIS_URL, or on throw-away ones.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.scratch import scratch_database

TARGET = Path(__file__).parent.parent / "docs" / "results" / "catalogue.md"
PROFILES, TIMES, BUDGET = 10_000, 20, 300

PAGES = {
    "no words, no filter": "",
    "the second page of it": "page=2",
    "a word of nearly all texts": "q=company",
    "a word of one text in five": "q=software",
    "two words": "q=biogas+plant",
    "a word with an accent that no text has": "q=s%C3%A4gewerk",
    "a word and a country": "q=energy&country=DE",
    "two countries and a part of the value chain": "country=FI&country=DK&area=OPS",
    "a way to work together": "cooperation=SUPPLY",
    "the newest with a word": "q=software&sort=newest",
}

REPORT = """# The catalogue among {profiles:,} profiles

Published profiles made of the public English descriptions of {firms} real companies of the seven countries (the
companies are not part of this repository): the first ones say what the descriptions say, the others as many sentences,
drawn from all companies of their industry. Kinds, areas, domains and ways of working are drawn evenly, so that each
filter has more to count than it ever will. Each page is asked for {times} times, by a process that loaded its views,
templates and languages as the web server does. Written by

    OMP_NUM_THREADS=1 python -m benchmarks.catalogue FILE

| page | first | median | 95 % | at work | found |
|---|---|---|---|---|---|
{rows}

Milliseconds; the budget is {budget} ms for 95 %. “First” is the first time with a new connection to the database. “At
work” is the median of the time in which the page and its database had a processor: on {cores} processors {load:.1f}
processes wanted one on average meanwhile, because the machine had other work, and the rest is waiting for them.
"""


@dataclass(frozen=True)
class Asked:
    """One request: milliseconds from end to end, and those at work in this process and in that of the database."""

    whole: float
    at_work: float


def main() -> None:
    """Make the profiles, ask for the pages, write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    file = parser.parse_args().file.resolve()
    with tempfile.TemporaryDirectory(prefix="tibs-catalogue-") as folder, scratch_database(Path(folder)):
        from benchmarks.real_firms import Firms, open_catalogue

        profiles, firms = open_catalogue(file, count=PROFILES), len(Firms(file).rows)
        report = measure(profiles, firms)
    TARGET.write_text(report, encoding="utf-8")


def measure(profiles: int, firms: int) -> str:
    """The report on the catalogue of the database at hand."""
    from django.conf import settings
    from django.test import override_settings

    from tibs.core.warming import load_pages

    plain = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    load_pages()
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=plain):
        before = os.getloadavg()[0]
        rows = "\n".join(_lines())
        load = (before + os.getloadavg()[0]) / 2
    return REPORT.format(
        profiles=profiles,
        firms=firms,
        times=TIMES,
        rows=rows,
        budget=BUDGET,
        cores=os.cpu_count(),
        load=load,
    )


def _lines() -> Iterator[str]:
    from django.db import connection
    from django.test import Client

    client = Client()
    _ask(client, "")  # what only the first page of all waits for
    for name, query in PAGES.items():
        query = _second() if query == "page=2" else query
        address = f"/opportunities/?{query}"
        connection.close()
        first = _ask(client, address)
        asked = [_ask(client, address) for _ in range(TIMES)]
        whole = sorted(one.whole for one in asked)
        late = whole[int(0.95 * TIMES) - 1]
        work = median(one.at_work for one in asked)
        line = f"| {name} | {first.whole:.0f} | {median(whole):.0f} | {late:.0f} | {work:.0f} | {_found(query):,} |"
        print(line, flush=True)  # noqa: T201  # a command
        yield line


def _second() -> str:
    from companies.catalogue.search import NEWEST_FIRST
    from companies.models import CooperationProfile
    from tibs.core.paging import page_of

    first = page_of(CooperationProfile.objects.published(), by=NEWEST_FIRST, size=20)
    return f"cursor={first.next}"


def _found(query: str) -> int:
    from django.http import QueryDict

    from companies.catalogue.facets import counts_of
    from tibs.pages.public.forms import CatalogueForm

    return counts_of(CatalogueForm(QueryDict(query)).search).total


def _ask(client: Any, address: str) -> Asked:
    began, worked = time.perf_counter(), time.process_time() + _database_worked()
    response = client.get(address or "/opportunities/")
    whole, at_work = time.perf_counter() - began, time.process_time() + _database_worked() - worked
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return Asked(1000 * whole, 1000 * at_work)


def _database_worked() -> float:
    """Seconds of processor that the server process of our connection had, where it runs on this machine (Linux)."""
    from django.db import connection

    connection.ensure_connection()
    statistics = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(statistics.read_text().split()[0]) / 1e9 if statistics.exists() else 0.0


if __name__ == "__main__":
    main()
