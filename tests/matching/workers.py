"""Real workers that tests can kill, on a queue of their own."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tibs.embedded.valkey import Valkey

SETUP = "import sys, time, django; django.setup(); from matching import tasks\n"
NUDGE = "tasks.start([int(key) for key in sys.argv[1:]])"
SWEEP = """
while True:
    tasks.sweep_runs.delay()
    time.sleep(0.5)
"""


@contextmanager
def own_queue(folder):
    """Address of an empty Valkey that no other test uses."""
    queue = Valkey(folder / "queue", folder)
    queue.start()
    try:
        yield queue.url
    finally:
        queue.stop()


class Crew:
    """A worker, and the clock that finds lost work again, against the test's database."""

    def __init__(self, queue_url, folder, database):
        name = database["NAME"]
        self.environ = os.environ | {
            "DATABASE_URL": os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}",
            "REDIS_URL": queue_url,
            "TIBS_LEASE_SECONDS": "2",
            "OMP_NUM_THREADS": "1",
        }
        self.log = (Path(folder) / "crew.log").open("ab")
        self.processes = []

    def start_worker(self, app="tibs"):
        command = [sys.executable, "-m", "celery", "--app", app, "worker", "--concurrency", "1"]
        return self._start([*command, "--queues", "events,matching", "--without-gossip", "--without-mingle"])

    def start_sweeper(self):
        return self._start([sys.executable, "-c", SETUP + SWEEP])

    def nudge(self, part_ids):
        """Send each part's message once, as the run does when it plans them."""
        self._start([sys.executable, "-c", SETUP + NUDGE, *map(str, part_ids)]).wait(30)
        self.processes.pop()

    def _start(self, command):
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=self.environ | {"DJANGO_SETTINGS_MODULE": "tibs.settings"},
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def kill(self, process):
        """SIGKILL to the worker and its children at once, as when the power goes."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.processes.remove(process)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in list(self.processes):
            self.kill(process)
        self.log.close()


def wait_for(condition, *, within):
    """Whether `condition()` came true in `within` seconds."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
