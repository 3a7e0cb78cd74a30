"""Starts what the environment does not name, once for all processes of a checkout."""

import atexit
import fcntl
import os
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import IO

from tibs.embedded import children, places
from tibs.embedded.postgres import Postgres
from tibs.embedded.valkey import Valkey
from tibs.embedded.waiting import ServerDidNotStartError

_owned: list[tuple[int, list[Postgres | Valkey], IO[str]]] = []


def ensure_servers(environ: MutableMapping[str, str] = os.environ, *, throw_away: bool = False) -> None:
    """Set DATABASE_URL and REDIS_URL, starting the embedded servers where they are unset.

    The first process of a data folder owns its servers and stops them when it ends; later ones use them.
    """
    missing = {"DATABASE_URL", "REDIS_URL"} - environ.keys()
    if not missing:
        return
    data = places.data_folder()
    sockets = places.socket_folder(data)
    servers: dict[str, Postgres | Valkey] = {
        "DATABASE_URL": Postgres(data / "postgres", sockets, throw_away=throw_away),
        "REDIS_URL": Valkey(data / "valkey", sockets),
    }
    wanted = {name: server for name, server in servers.items() if name in missing}
    _prepare(data, sockets)
    lock = _lock(data / "servers.lock")
    if lock:
        _own(list(wanted.values()), lock)
    else:
        _wait_for_owner(sockets, list(wanted.values()))
    environ.update({name: server.url for name, server in wanted.items()})


def _prepare(data: Path, sockets: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    if children.is_root():
        data.chmod(0o711)
    sockets.mkdir(mode=0o700, exist_ok=True)
    if sockets.stat().st_uid not in {os.geteuid(), 65534}:
        raise PermissionError(
            f"{sockets} belongs to somebody else; remove it or set DATABASE_URL and REDIS_URL."
        )
    children.give_away(sockets)


def _lock(path: Path) -> IO[str] | None:
    """The lock of the data folder, held until this process ends; None when another holds it."""
    handle = path.open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def _own(servers: list[Postgres | Valkey], lock: IO[str]) -> None:
    _owned.append((os.getpid(), servers, lock))
    atexit.register(stop_own_servers)
    for server in servers:
        server.start()


def stop_own_servers() -> None:
    """Stop the servers that this very process started; a forked child stops nothing of its parent's."""
    while _owned and _owned[-1][0] == os.getpid():
        _pid, servers, lock = _owned.pop()
        for server in reversed(servers):
            server.stop()
        lock.close()


def _wait_for_owner(sockets: Path, servers: list[Postgres | Valkey], *, within: float = 60) -> None:
    deadline = time.monotonic() + within
    while not all(server.answers() for server in servers):
        if time.monotonic() > deadline:
            raise ServerDidNotStartError(f"Another process holds {sockets}, but its servers do not answer.")
        time.sleep(0.1)
