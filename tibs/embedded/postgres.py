"""The embedded PostgreSQL."""

import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from tibs.embedded import children, places
from tibs.embedded.waiting import ServerDidNotStartError, tail, wait_until

OWNER = "tibs"
# Faster and not crash-safe: only for servers that are thrown away.
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
ALWAYS = {"listen_addresses": "", "max_connections": "120", "shared_buffers": "128MB", "timezone": "UTC"}


@dataclass
class Postgres:
    """One PostgreSQL server in `data`, reached through a socket in `sockets` only.

    A stale pid file or an unfinished `initdb` of an earlier run does no harm.
    """

    data: Path
    sockets: Path
    throw_away: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}@{str(self.sockets).replace('/', '%2F')}/tibs"

    def start(self, *, within: float = 30) -> None:
        """Raise ServerDidNotStartError when it does not answer in `within` seconds."""
        programs = places.postgres_programs()
        if not (self.data / "PG_VERSION").is_file():
            self._initialise(programs)
        settings = (
            ALWAYS
            | (THROW_AWAY if self.throw_away else {})
            | {
                "unix_socket_directories": str(self.sockets),
            }
        )
        command = [str(programs / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log = self.data.with_suffix(".log")
        self.process = children.spawn(command, log=log, stop_signal=signal.SIGINT, unprivileged=True)
        wait_until(self.answers, self.process, log=log, within=within)
        self._create_database()

    def stop(self) -> None:
        if self.process:
            children.stop(self.process, signal.SIGINT)

    def answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _connect(self, database: str) -> "psycopg2.extensions.connection":
        return psycopg2.connect(host=str(self.sockets), user=OWNER, dbname=database, connect_timeout=3)

    def _create_database(self) -> None:
        connection = self._connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'tibs'")
            if not cursor.fetchone():
                cursor.execute("CREATE DATABASE tibs")
        connection.close()

    def _initialise(self, programs: Path) -> None:
        """`initdb` into a fresh folder that takes the final name only when whole."""
        fresh = self.data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        children.give_away(fresh)
        log = self.data.with_suffix(".log")
        command = [
            str(programs / "initdb"), "-D", str(fresh), "-U", OWNER, "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        ]  # fmt: skip
        if self.throw_away:
            command.append("--no-sync")
        process = children.spawn(command, log=log, stop_signal=signal.SIGKILL, unprivileged=True)
        if process.wait(60) != 0:
            raise ServerDidNotStartError(f"initdb failed:\n{tail(log)}")
        fresh.replace(self.data)
