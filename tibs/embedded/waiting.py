"""Waiting for a server to answer, and saying why it did not."""

import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path


class ServerDidNotStartError(RuntimeError):
    """A server ended or stayed silent; the message holds the last lines of its log."""


def wait_until(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], *, log: Path, within: float
) -> None:
    """Poll `ready()`; raise ServerDidNotStartError when the process ends or time runs out."""
    deadline = time.monotonic() + within
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerDidNotStartError(f"{log.stem} did not start:\n{tail(log)}")
        time.sleep(0.02)


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.is_file() else ""


def socket_accepts(path: Path) -> bool:
    """Whether somebody listens on the Unix socket at `path`."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        return client.connect_ex(str(path)) == 0
