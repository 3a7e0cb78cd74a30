"""The demonstration's mail: written to a folder, shown on a page, sent to nobody."""

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

NEWEST = 50


@dataclass(frozen=True)
class Letter:
    """One mail that would have been sent."""

    to: str
    subject: str
    date: str
    text: str


def letters() -> list[Letter]:
    """The newest mails first."""
    files = sorted(settings.DEMO_MAIL.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [letter for path in files[:NEWEST] for letter in reversed(_read(path))]


def _read(path: Path) -> list[Letter]:
    """Django's file backend puts a line of dashes after each mail."""
    mails = path.read_bytes().split(b"\n" + b"-" * 79 + b"\n")
    return [_letter(mail) for mail in mails if mail.strip()]


def _letter(content: bytes) -> Letter:
    message = email.message_from_bytes(content.lstrip(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return Letter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=str(message["Date"]),
        text=body.get_content() if body else "",
    )
