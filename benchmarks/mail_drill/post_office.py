"""Starts, stops and reads the mail server of the drill, and runs processes that may be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import reverse

ROOT = Path(__file__).parent.parent.parent
# Seconds.
LIES_STILL = 60.0


class PostOffice:
    """The mail server as a process, and what it took so far."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "taken.jsonl"
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Start it, on the same port as before."""
        self.log.touch()
        known = len(self.events("port"))
        command = [sys.executable, "-m", "benchmarks.mail_drill.smtp_server", str(self.port), str(self.log)]
        self.process = subprocess.Popen(command, cwd=ROOT)
        deadline = time.monotonic() + 20
        while len(self.events("port")) == known:
            if time.monotonic() > deadline:
                raise TimeoutError("The mail server of the drill did not start.")
            time.sleep(0.02)
        self.port = int(self.events("port")[-1]["port"])

    def close(self) -> None:
        """End it as a power failure would."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def events(self, kind: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.log.read_bytes().splitlines()]
        return [event for event in lines if event["kind"] == kind]

    def copies(self) -> Counter[str]:
        """How often each letter was taken, by Message-ID."""
        return Counter(event["message_id"] for event in self.events("taken"))


@contextmanager
def post_office(folder: Path) -> Iterator[PostOffice]:
    """A mail server to which Django sends while the context lasts."""
    office = PostOffice(folder)
    office.open()
    # Loaded here once, and not again in each process that is to be killed.
    reverse("inbox")
    render_to_string("mail/ways_to_stop.txt")
    options = {"host": "127.0.0.1", "port": office.port, "timeout": 5}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    try:
        with override_settings(MAILERS={"default": {"BACKEND": backend, "OPTIONS": options}}):
            yield office
    finally:
        office.close()


def begin(work: Callable[[], object]) -> int:
    """Run `work` in a process of its own, with its own connections; the process id."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def end_of(pid: int) -> int:
    """Wait for a process; its exit code, or minus the signal that ended it. One that lies still is killed: what other
    threads held when it began stays held in it for ever."""
    deadline = time.monotonic() + LIES_STILL
    while not (ended := os.waitpid(pid, os.WNOHANG))[0]:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            ended = os.waitpid(pid, 0)
            break
        time.sleep(0.01)
    return os.waitstatus_to_exitcode(ended[1])


def run(work: Callable[[], object]) -> int:
    return end_of(begin(work))


def die(*_given: object, **_named: object) -> None:
    """What stands in for a step at which the process is killed."""
    os.kill(os.getpid(), signal.SIGKILL)
