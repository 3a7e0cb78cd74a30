"""The embedded PostgreSQL."""

import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg2

from tibs.embedded import children, places
from tibs.embedded.waiting import ServerDidNotStartError, tail, wait_until

OWNER = "tibs"
# Faster and not crash-safe: only for servers that are thrown away.
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
ALWAYS = {"listen_addresses": "", "max_connections": "120", "shared_buffers": "128MB", "timezone": "UTC"}


@dataclass
class Postgres:
    """One PostgreSQL server in `data`, reached through a socket below `sockets` only.

    A stale pid file or an unfinished `initdb` of an earlier run does no harm.
    """

    data: Path
    sockets: Path
    throw_away: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def socket_folder(self) -> Path:
        """Owned by whom the server runs as; nobody else gets in, because the socket asks for no password."""
        return self.sockets / "postgres"

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}@{quote(str(self.socket_folder), safe='')}/tibs"

    def start(self, *, within: float = 30) -> None:
        """Raise ServerDidNotStartError when it does not answer in `within` seconds."""
        programs = places.postgres_programs()
        children.wait_for_leftovers(self.data)
        if not (self.data / "PG_VERSION").is_file():
            self._initialise(programs)
        # Nobody works here, so a pid file is a leftover, whatever living process has that number now.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        children.give_away(self.socket_folder)
        settings = ALWAYS | (THROW_AWAY if self.throw_away else {})
        command = [str(programs / "postgres"), "-D", str(self.data), "-k", str(self.socket_folder)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log = self.data.with_suffix(".log")
        self.process = children.spawn(command, log=log, stop_signal=signal.SIGINT, unprivileged=True)
        wait_until(self._answers, self.process, log=log, within=within)
        self._create_database()

    def stop(self) -> None:
        if self.process:
            children.stop(self.process, signal.SIGINT)

    def is_ready(self) -> bool:
        """Whether the database of TIBS can be used."""
        return self._answers(database="tibs")

    def _answers(self, database: str = "postgres") -> bool:
        try:
            self._connect(database).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _connect(self, database: str) -> "psycopg2.extensions.connection":
        return psycopg2.connect(host=str(self.socket_folder), user=OWNER, dbname=database, connect_timeout=3)

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
        children.wait_for_leftovers(fresh)
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
        try:
            failed = process.wait(60) != 0
        finally:
            process.kill()
        if failed:
            raise ServerDidNotStartError(f"initdb failed:\n{tail(log)}")
        fresh.replace(self.data)
