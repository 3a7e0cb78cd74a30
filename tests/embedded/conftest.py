"""Real processes that own, share and lose servers."""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import pytest

from tibs.embedded import children, places
from tibs.embedded.waiting import socket_accepts

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Owner:
    """A running `owner.py`; `said` is what it printed once its servers answered."""

    process: subprocess.Popen
    said: dict[str, str] = field(default_factory=dict)

    def listen(self, within: float = 30) -> "Owner":
        readable, _, _ = select.select([self.process.stdout], [], [], within)
        line = self.process.stdout.readline() if readable else b""
        assert line, self.fail()
        self.said = json.loads(line)
        return self

    def fail(self) -> str:
        self.process.kill()
        return self.process.communicate(timeout=10)[1].decode()

    def servers(self) -> dict[str, int]:
        """Name and pid of each child process."""
        pid = self.process.pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return {Path(f"/proc/{child}/comm").read_text().strip(): int(child) for child in found}

    def end(self) -> None:
        self.process.communicate(timeout=30)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def database_answers(url: str) -> bool:
    try:
        psycopg2.connect(url, connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True


def both_answer(said: dict[str, str]) -> bool:
    return database_answers(said["database"]) and socket_accepts(Path(said["redis"].removeprefix("unix://")))


@pytest.fixture
def start():
    """`start(data, user=None, **environment)`: one more process; it is ended with the test."""
    started: list[Owner] = []

    def begin(data: Path | None, user: str | None = None, cwd: Path = CHECKOUT, **environment: str) -> Owner:
        unset = {"DATABASE_URL", "REDIS_URL", "TIBS_VAR"}
        environ = {name: value for name, value in os.environ.items() if name not in unset} | environment
        if data:
            environ["TIBS_VAR"] = str(data)
        owner = Owner(
            subprocess.Popen(
                [sys.executable, "-m", "tests.embedded.owner", *(["--as", user] if user else [])],
                cwd=cwd,
                env=environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
        started.append(owner)
        return owner

    yield begin
    for owner in started:
        if owner.process.poll() is None:
            owner.end()
        for pipe in (owner.process.stdin, owner.process.stdout, owner.process.stderr):
            pipe.close()


def new_folder(owner: str | None = None) -> Path:
    """A data folder that everybody can reach; the temporary folders of pytest are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="tibs-embedded-"))
    folder.chmod(0o711)
    if owner:
        shutil.chown(folder, owner)
    return folder


def remove(folder: Path) -> None:
    shutil.rmtree(folder)
    for user in {os.geteuid(), 65534}:
        shutil.rmtree(places.socket_folder(folder, user), ignore_errors=True)


@pytest.fixture
def new_data(identity):
    """A data folder in which no server ran yet."""
    folder = new_folder(identity)
    yield folder
    remove(folder)


@pytest.fixture(scope="module")
def folders():
    made: dict[str | None, Path] = {}
    yield made
    for folder in made.values():
        remove(folder)


@pytest.fixture
def data(identity, folders):
    """One data folder for all tests of the same user, because the first start takes longest."""
    if identity not in folders:
        folders[identity] = new_folder(identity)
    return folders[identity]


@pytest.fixture
def identity() -> str | None:
    """Who runs the process: None is the user of the tests."""


def who_may_run() -> list[str | None]:
    """The user of the tests, and a normal user when that one is root."""
    can_become_another = os.geteuid() == 0 and children.is_reachable_by_others(CHECKOUT / "tibs")
    why = "only root can become another user, who must be able to read the checkout"
    skip = pytest.mark.skipif(not can_become_another, reason=why)
    return [pytest.param(None, id="same user"), pytest.param("nobody", marks=skip, id="normal user")]


either_user = pytest.mark.parametrize("identity", who_may_run())
