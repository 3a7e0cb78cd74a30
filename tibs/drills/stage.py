"""The servers and processes of a drill: its own, thrown away after it, and the only ones that it ever ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from tibs.embedded import children
from tibs.embedded.postgres import Postgres
from tibs.embedded.valkey import Valkey

PATIENCE = 90.0
READY = "ready"
COMPUTING, STORING = "computing", "storing"


@dataclass(frozen=True)
class AtWork:
    """A process of the worker, the part that it works on, and how far it is."""

    pid: int
    part: int
    phase: str


def note_busy(folder: Path, part: int, phase: str) -> None:
    """Say what this process works on."""
    fresh = folder / f"new-{os.getpid()}"
    fresh.write_text(f"{part} {phase}")
    fresh.replace(_note_of(folder, os.getpid()))


def note_idle(folder: Path) -> None:
    """Say that this process works on nothing."""
    _note_of(folder, os.getpid()).unlink(missing_ok=True)


def _note_of(folder: Path, pid: int) -> Path:
    return folder / f"busy-{pid}"


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

    def _start_worker(self) -> subprocess.Popen[bytes]:
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
        self.begin_worker()

    def begin_worker(self) -> None:
        """Start a worker, and wait until it takes work."""
        ready = self.folder / READY
        ready.unlink(missing_ok=True)
        self.worker = self._start_worker()
        self.wait_for(ready.exists, "the worker")

    def at_work(self) -> list[AtWork]:
        """What the processes of the present worker do now; those that do nothing are left out."""
        worker = self.worker.pid
        children = Path(f"/proc/{worker}/task/{worker}/children").read_text().split()
        busy = []
        for pid in map(int, children):
            try:
                part, phase = _note_of(self.folder, pid).read_text().split()
            except FileNotFoundError:
                continue
            busy.append(AtWork(pid, int(part), phase))
        return busy

    def kill_at_work(self, busy: AtWork) -> bool:
        """SIGKILL that process while it does just that; False when it is further meanwhile, and lives on."""
        try:
            os.kill(busy.pid, signal.SIGSTOP)
            struck = busy in self.at_work()
            os.kill(busy.pid, signal.SIGKILL if struck else signal.SIGCONT)
        except ProcessLookupError:
            return False
        return struck

    def kill_worker_at_work(self, busy: list[AtWork]) -> bool:
        """SIGKILL the worker with all its processes while they do just that; False when they are further, and live."""
        os.killpg(self.worker.pid, signal.SIGSTOP)
        if self.at_work() != busy:
            os.killpg(self.worker.pid, signal.SIGCONT)
            return False
        self.kill_tree(self.worker)
        return True

    def begin_clock(self) -> None:
        self.clock = self._start("worker", "-m", "tibs.drills.clock", log="clock")

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
            cursor.execute("ALTER SYSTEM SET wal_writer_flush_after = '64MB'")
            cursor.execute("SELECT pg_reload_conf()")
        connection.close()

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

    def wait_for[Answer](
        self, happened: Callable[[], Answer], what: str, *, within: float = PATIENCE
    ) -> Answer:
        """Wait until `happened()`, and give its answer; TooSlowError names `what` did not."""
        deadline = time.monotonic() + within
        while not (answer := happened()):
            if time.monotonic() > deadline:
                raise TooSlowError(f"{what} took more than {within:.0f} s")
            time.sleep(0.02)
        return answer

    def _start(self, process: str, *arguments: str, log: str = "") -> subprocess.Popen[bytes]:
        command = ["env", f"TIBS_PROCESS={process}", sys.executable, *arguments]
        started = children.spawn(
            command, log=self.folder / f"{log or process}.log", stop_signal=signal.SIGKILL
        )
        self._processes.append(started)
        return started
