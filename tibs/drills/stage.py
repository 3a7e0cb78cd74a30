"""The servers and processes of a drill: its own, thrown away after it, and the only ones that it ever ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from tibs.embedded import children
from tibs.embedded.postgres import Postgres
from tibs.embedded.valkey import Valkey

PATIENCE = 60.0


class TooSlowError(RuntimeError):
    """Something that the drill waits for did not happen in time."""


class Stage:
    """PostgreSQL and Valkey in `folder`, and the processes of TIBS that use them.

    Once `begin` is called, PostgreSQL runs with the settings of production: what it said to be stored must survive a
    crash. Before, it is fast. All processes inherit the environment of this one and die with it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        sockets = folder / "s"
        sockets.mkdir(exist_ok=True, mode=0o711)
        self.postgres = Postgres(folder / "postgres", sockets, throw_away=True)
        self.valkey = Valkey(folder / "valkey", sockets)
        self.web_socket = sockets / "web"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.worker: subprocess.Popen[bytes]
        self.clock: subprocess.Popen[bytes]

    def start_servers(self) -> None:
        self.postgres.start(within=PATIENCE)
        self.valkey.start(within=PATIENCE)

    def begin(self) -> None:
        """The stage is set: from now on what is stored is stored for good."""
        connection.close()
        self.postgres.stop()
        self.postgres.throw_away = False
        self.postgres.start(within=PATIENCE)

    def restart_postgres(self) -> None:
        """What `pg_ctl restart -m immediate` does: no goodbye, then recovery from the log."""
        process = self.postgres.process
        if process:
            process.send_signal(signal.SIGQUIT)
            process.wait(PATIENCE)
        self.postgres.start(within=PATIENCE)

    def restart_valkey(self) -> None:
        """kill -9, and an empty one in its place."""
        process = self.valkey.process
        if process:
            process.kill()
            process.wait(PATIENCE)
        self.valkey.start(within=PATIENCE)

    def start_worker(self) -> subprocess.Popen[bytes]:
        command = ["celery", "--app", "tibs.drills.worker", "worker", "--concurrency", "2"]
        flags = [
            "--queues",
            "events,matching",
            "--without-gossip",
            "--without-mingle",
            "--loglevel",
            "WARNING",
        ]
        return self._start("worker", "-m", *command, *flags)

    def renew_worker(self) -> None:
        """Another worker in its place, which reads the environment anew."""
        self.kill_tree(self.worker)
        self.worker = self.start_worker()

    def start_clock(self) -> subprocess.Popen[bytes]:
        return self._start("worker", "-m", "tibs.drills.clock", log="clock")

    def start_web(self) -> subprocess.Popen[bytes]:
        flags = ["--worker-class", "gthread", "--threads", "4", "--bind", f"unix:{self.web_socket}"]
        web = self._start("web", "-m", "gunicorn", "tibs.wsgi", *flags)
        self.wait_for(self.web_socket.exists, "the web server")
        return web

    def forget_soon(self) -> None:
        """Take durability away: what PostgreSQL says to be stored is stored some moments later."""
        with connection.cursor() as cursor:
            cursor.execute("ALTER SYSTEM SET synchronous_commit = off")
            cursor.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
            cursor.execute("SELECT pg_reload_conf()")

    def kill_tree(self, process: subprocess.Popen[bytes]) -> None:
        """SIGKILL to a process and its children at once, as when the power goes."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
        self._processes.remove(process)

    def close(self) -> None:
        for process in list(self._processes):
            self.kill_tree(process)
        self.valkey.stop()
        self.postgres.stop()

    def wait_for(self, happened: Callable[[], object], what: str, *, within: float = PATIENCE) -> None:
        """Wait until `happened()`; TooSlowError names `what` did not."""
        deadline = time.monotonic() + within
        while not happened():
            if time.monotonic() > deadline:
                raise TooSlowError(f"{what} took more than {within:.0f} s")
            time.sleep(0.02)

    def _start(self, process: str, *arguments: str, log: str = "") -> subprocess.Popen[bytes]:
        command = ["env", f"TIBS_PROCESS={process}", sys.executable, *arguments]
        started = children.spawn(
            command, log=self.folder / f"{log or process}.log", stop_signal=signal.SIGKILL
        )
        self._processes.append(started)
        return started
