"""Whether an uploaded file may be kept, and what of it."""

import hashlib
import json
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.uploads import inspection
from tibs.core.errors import BadInputError
from tibs.figures import LARGEST_FILE

LONGEST_NAME = 120
PATIENCE = 30
CONTENT_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
ENDINGS = {"pdf": (".pdf",), "png": (".png",), "jpeg": (".jpg", ".jpeg")}
ONLY_THESE = _("Choose a PDF, PNG or JPEG file.")
REASONS: dict[str, Promise] = {
    "type": ONLY_THESE,
    "ending": _("The name of the file says something else than its content. Save it anew and try again."),
    "empty": _("The file is empty."),
    "large": _("The file is too large: 10 MB at most."),
    "broken": _("The file cannot be read. Save it anew and try again."),
    "pixels": _("The picture is too large. Make it smaller and try again."),
    "packed": _(
        "The file is packed so densely that it cannot be checked. Print it into a new PDF and try again."
    ),
    "pages": _("The PDF has no pages, or too many."),
    "encrypted": _("The PDF is protected by a password. Save it without one and try again."),
    "active": _("The PDF holds programs or other files. Print it into a new PDF and try again."),
    "trailing": _("Something follows after the end of the file. Save it anew and try again."),
}


class FileRefusedError(BadInputError):
    """The file is not kept; `reason` is the code of one of REASONS."""

    code = "file_refused"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(REASONS[reason], fields={"file": REASONS[reason]})


@dataclass(frozen=True)
class CheckedFile:
    """What is kept: the bytes, what they are, and a name that is safe to show and to save under."""

    content: bytes
    content_type: str
    name: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def checked(content: bytes, file_name: str) -> CheckedFile:
    """A PDF, PNG or JPEG file that is what its name says; FileRefusedError for everything else.

    Pictures come back drawn anew, without hidden texts and places; PDF files come back as they are.
    """
    if not content:
        raise FileRefusedError("empty")
    if len(content) > LARGEST_FILE:
        raise FileRefusedError("large")
    if not content.startswith(tuple(inspection.MAGIC.values())):
        raise FileRefusedError("type")
    kind, kept = _inspected(content)
    if not file_name.lower().endswith(ENDINGS[kind]):
        raise FileRefusedError("ending")
    if len(kept) > LARGEST_FILE:
        raise FileRefusedError("large")
    return CheckedFile(kept, CONTENT_TYPES[kind], safe_name(file_name, ENDINGS[kind][0]))


def safe_name(file_name: str, ending: str) -> str:
    """The last part of a path, without invisible letters and letters that turn the direction of reading."""
    last = unicodedata.normalize("NFC", file_name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    stem = shown.rsplit(".", 1)[0].strip(" .")[:LONGEST_NAME]
    return f"{stem or 'file'}{ending}"


def _inspected(content: bytes) -> tuple[str, bytes]:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(inspection.__file__))],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.CalledProcessError as error:  # killed by its own limits, or by a parser that broke
        raise FileRefusedError("packed" if error.returncode < 0 else "broken") from error
    except subprocess.TimeoutExpired as error:
        raise FileRefusedError("packed") from error
    head, kept = done.stdout.split(b"\n", 1)
    answer = json.loads(head)
    if reason := answer.get("refused"):
        raise FileRefusedError(reason)
    return answer["kind"], kept
