"""The embedded Valkey: database 0 carries Celery's messages, 2 is the cache."""

import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tibs.embedded import children, places
from tibs.embedded.waiting import socket_accepts, wait_until


@dataclass
class Valkey:
    """One Valkey server on a socket in `sockets`; it keeps nothing that PostgreSQL does not have."""

    data: Path
    sockets: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self, *, within: float = 15) -> None:
        """Raise ServerDidNotStartError when it does not answer in `within` seconds."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        children.wait_for_leftovers(self.data)  # one that is ending would remove our socket
        self.socket.unlink(missing_ok=True)
        command = [
            str(places.valkey_program()), "--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.data),
            "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction", "--daemonize", "no",
        ]  # fmt: skip
        log = self.data.with_suffix(".log")
        self.process = children.spawn(command, log=log, stop_signal=signal.SIGTERM)
        wait_until(self.is_ready, self.process, log=log, within=within)

    def stop(self) -> None:
        if self.process:
            children.stop(self.process, signal.SIGTERM)

    def is_ready(self) -> bool:
        return socket_accepts(self.socket)
