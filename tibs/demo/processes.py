"""The processes of the demonstration: web, worker and beat, as children that end with us."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tibs.embedded import children
from tibs.embedded.waiting import wait_until

WORKERS = 2
BIN = Path(sys.executable).parent


@contextmanager
def running(command: list[str], *, name: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `command` while the context lasts; its output goes to a log in `folder`."""
    process = children.spawn(
        [str(BIN / command[0]), *command[1:]], log=folder / f"{name}.log", stop_signal=signal.SIGTERM
    )
    try:
        yield process
    finally:
        children.stop(process, signal.SIGTERM, within=30)


@contextmanager
def worker_and_beat(folder: Path) -> Iterator[None]:
    """One worker program with two processes, and the clock that finds lost work again."""
    celery = ["celery", "--app", "tibs", "--workdir", os.getcwd()]
    worker = [
        *celery,
        "worker",
        "--concurrency",
        str(WORKERS),
        "--queues",
        "events,matching",
        "--without-gossip",
    ]
    beat = [*celery, "beat", "--schedule", str(folder / "beat")]
    with ExitStack() as stack:
        stack.enter_context(running([*worker, "--loglevel", "WARNING"], name="worker", folder=folder))
        stack.enter_context(running([*beat, "--loglevel", "WARNING"], name="beat", folder=folder))
        yield


@contextmanager
def web(folder: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    """The web server on `address` (host:port), ready when the context begins."""
    command = ["gunicorn", "tibs.wsgi", "--bind", address, "--worker-class", "gthread", "--threads", "4"]
    with running(command, name="web", folder=folder) as process:
        wait_until(
            lambda: _answers(f"http://{address}/health/live"), process, log=folder / "web.log", within=60
        )
        yield process


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310  # our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
