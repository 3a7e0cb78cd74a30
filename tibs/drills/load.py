"""People at work while servers fall: they read pages and write messages, and every answer is noted."""

import http.client
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from companies.models import Message
from tibs.drills.market import User

PEOPLE = 3
PAUSE = 0.05


class _Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=20)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(20)
        self.sock.connect(str(self._path))


@dataclass
class Answers:
    """What was answered: (moment, status) of every request, and the marks of messages that were said to be kept.

    `sent` counts messages sent, `strangers` answers that took a signed-in person for a visitor.
    """

    statuses: list[tuple[float, int]] = field(default_factory=list)
    sent: int = 0
    kept: list[str] = field(default_factory=list)
    strangers: int = 0

    def bad(self) -> list[int]:
        """Answers that are neither the page nor an honest 503; 0 is a connection that broke off."""
        return [status for _moment, status in self.statuses if status not in (200, 302, 503)]

    def refused(self) -> list[float]:
        """When 503 was answered."""
        return [moment for moment, status in self.statuses if status == 503]


class Load:
    """Some people who do not stop asking; use it as a context."""

    def __init__(self, web: Path, user: User) -> None:
        self.answers = Answers()
        self._web, self._user = web, user
        self._lock, self._ended = threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(PEOPLE)]

    def __enter__(self) -> Answers:
        for thread in self._threads:
            thread.start()
        return self.answers

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(60)

    def _work(self) -> None:
        while not self._ended.wait(PAUSE):
            self._ask("GET", self._user.reads, "")
            mark = secrets.token_hex(8)
            with self._lock:
                self.answers.sent += 1
            if self._ask("POST", self._user.writes, mark) == 302:
                with self._lock:
                    self.answers.kept.append(mark)

    def _ask(self, method: str, page: str, mark: str) -> int:
        token = secrets.token_hex(16)
        cookies = f"{settings.SESSION_COOKIE_NAME}={self._user.session}; {settings.CSRF_COOKIE_NAME}={token}"
        headers = {"Host": "localhost", "Cookie": cookies, "X-CSRFToken": token}
        body = None
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"body": mark})
        connection = _Connection(self._web)
        try:
            connection.request(method, page, body=body, headers=headers)
            answer = connection.getresponse()
            answer.read()
            status, goes_to = answer.status, answer.getheader("Location") or ""
        except (OSError, http.client.HTTPException):
            status, goes_to = 0, ""
        finally:
            connection.close()
        with self._lock:
            self.answers.statuses.append((time.monotonic(), status))
            self.answers.strangers += "login" in goes_to
        return status


def written(user: User) -> list[str]:
    """The messages that the database holds, the oldest first."""
    return list(Message.objects.filter(company=user.company).order_by("pk").values_list("body", flat=True))
