"""Where private files lie: in a folder that no web server serves, under random names."""

import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

FOLDER = "attachments"


def write(content: bytes) -> str:
    """Keep the bytes so that the owner of the process alone can read them; the random name under which they lie."""
    name = secrets.token_hex(20)
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return name


def read(name: str) -> bytes:
    return path_of(name).read_bytes()


def remove(names: Iterable[str]) -> None:
    """Delete files; those that are gone already are no error."""
    for name in names:
        path_of(name).unlink(missing_ok=True)


def names_before(moment: datetime) -> Iterator[str]:
    """Files that were last written before `moment`."""
    folder = _folder()
    for path in folder.glob("??/*") if folder.exists() else ():
        if path.stat().st_mtime < moment.timestamp():
            yield path.name


def path_of(name: str) -> Path:
    """The place of a file; ValueError for anything that `write` would not have named so."""
    if not (name.isascii() and name.isalnum()):
        raise ValueError("This is not the name of a stored file.")
    return _folder() / name[:2] / name


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER
