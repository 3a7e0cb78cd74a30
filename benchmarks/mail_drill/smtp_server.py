"""A mail server on the loopback address that writes down what it took; a process of its own.

    python -m benchmarks.mail_drill.smtp_server PORT FILE

Port 0 takes a free one. FILE gets one line of JSON for each event: `port`, `taken` (moment, address, Message-ID,
subject) and `refused`. Addresses that begin with "gone" do not exist here.
"""

import json
import sys
import time
from contextlib import suppress
from email import message_from_bytes, policy
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

GONE = "gone"


class Notebook:
    """Appends events to the file, each in one write, so that a reader sees whole lines."""

    def __init__(self, path: Path) -> None:
        self.stream = path.open("ab", buffering=0)

    def note(self, **event: Any) -> None:
        self.stream.write(json.dumps(event).encode() + b"\n")


class Server(ThreadingTCPServer):
    """Remembers where to note things."""

    allow_reuse_address = True
    daemon_threads = True
    notebook: Notebook


class Conversation(StreamRequestHandler):
    """As much of SMTP as Django's backend speaks."""

    server: Server

    def handle(self) -> None:
        self.to: list[str] = []
        with suppress(ConnectionError):  # the sender was killed
            self._talk()

    def _talk(self) -> None:
        self._say(220, "ready")
        while line := self.rfile.readline():
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if verb.upper() == "QUIT":
                self._say(221, "bye")
                return
            self._answer(verb.upper(), rest)

    def _answer(self, verb: str, rest: str) -> None:
        if verb == "RCPT":
            self._take_address(rest.partition("<")[2].partition(">")[0])
        elif verb == "DATA":
            self._say(354, "go on")
            self._take_letter(self._read_letter())
        else:
            self._say(250, "fine")

    def _take_address(self, address: str) -> None:
        if address.startswith(GONE):
            self.server.notebook.note(kind="refused", to=address)
            self._say(550, "no such user")
        else:
            self.to.append(address)
            self._say(250, "fine")

    def _read_letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionAbortedError("The sender is gone.")
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _take_letter(self, content: bytes) -> None:
        letter = message_from_bytes(content, policy=policy.default)
        for address in self.to:
            self.server.notebook.note(
                kind="taken",
                at=time.time(),
                to=address,
                message_id=str(letter["Message-ID"]),
                subject=str(letter["Subject"]),
            )
        self.to = []
        self._say(250, "taken")

    def _say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())


def main(port: int, path: Path) -> None:
    """Serve until the process is ended."""
    with Server(("127.0.0.1", port), Conversation) as server:
        server.notebook = Notebook(path)
        server.notebook.note(kind="port", port=server.server_address[1])
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
