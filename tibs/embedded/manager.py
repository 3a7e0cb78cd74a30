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

Server = Postgres | Valkey

_owned: list[tuple[int, Server, IO[str]]] = []


def ensure_servers(environ: MutableMapping[str, str] = os.environ, *, throw_away: bool = False) -> None:
    """Set DATABASE_URL and REDIS_URL, starting the embedded servers where they are unset.

    The first process of a data folder owns its servers and stops them when it ends; later ones use them.
    """
    missing = {"DATABASE_URL", "REDIS_URL"} - environ.keys()
    if not missing:
        return
    data = places.data_folder()
    sockets = places.socket_folder(data)
    servers: dict[str, Server] = {
        "DATABASE_URL": Postgres(data / "postgres", sockets, throw_away=throw_away),
        "REDIS_URL": Valkey(data / "valkey", sockets),
    }
    wanted = {name: server for name, server in servers.items() if name in missing}
    _prepare(data, sockets)
    for server in wanted.values():
        _start_or_share(server)
    environ.update({name: server.url for name, server in wanted.items()})


def stop_own_servers() -> None:
    """Stop the servers that this very process started; a forked child stops nothing of its parent's."""
    while _owned and _owned[-1][0] == os.getpid():
        _pid, server, lock = _owned.pop()
        server.stop()
        lock.close()


def _prepare(data: Path, sockets: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    if children.is_root():
        data.chmod(0o711)
        if not children.is_reachable_by_others(data / "postgres"):
            raise PermissionError(
                f"PostgreSQL does not run as root, and others cannot reach {data}. Set TIBS_VAR to another folder."
            )
    places.make_private(sockets)


def _start_or_share(server: Server, *, within: float = 60) -> None:
    """Own the server, or wait until it answers for the process that does; take over when that one ends."""
    deadline = time.monotonic() + within
    while not (lock := _lock(server.data.with_suffix(".lock"))):
        if server.is_ready():
            return
        if time.monotonic() > deadline:
            raise ServerDidNotStartError(
                f"Another process owns {server.data}, but its server does not answer."
            )
        time.sleep(0.05)
    if not _owned:
        atexit.register(stop_own_servers)
    _owned.append((os.getpid(), server, lock))
    server.start()


def _lock(path: Path) -> IO[str] | None:
    """The lock of one server, held until this process ends; None when another process holds it."""
    handle = path.open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle
