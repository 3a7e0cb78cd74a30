"""Finds out how the text of a file is encoded, in one pass and in little memory."""

import codecs
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from companies.services.imports.problems import BadFileError

CHUNK = 1 << 20
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters of German, Danish, Finnish and Estonian and what word processors add. A file with any other byte above
# 127 may be Polish, Lithuanian or Latvian, whose encodings use the same bytes for other letters: never guessed.
WESTERN = frozenset("ÄÖÜäöüßÅÆØåæøÕõÉé«»‘’‚“”„–—…€£§°®™·×½²³ \xa0".encode("cp1252"))
ESCAPED_BYTES = range(0xDC80, 0xDD00)  # what an undecodable byte becomes under `surrogateescape`


@dataclass(frozen=True)
class Content:
    """The encoding of a file, whether it was guessed from its letters, and the SHA-256 of its bytes."""

    encoding: str
    is_guess: bool
    sha256: str


def examine(path: Path, encoding: str = "") -> Content:
    """Read the whole file once. `encoding` is what its owner says it is; without it, it is found out."""
    if encoding and not _is_known(encoding):
        raise BadFileError(_("The encoding “%(name)s” is not known.") % {"name": encoding})
    counts, digest, start = Counter[str](), hashlib.sha256(), b""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                start = start or chunk
                digest.update(chunk)
                text = decoder.decode(chunk)
                if not text.isascii():
                    counts.update(char for char in text if char > "\x7f")
    except OSError as error:
        reason = _("The file %(path)s cannot be opened: %(error)s.")
        raise BadFileError(reason % {"path": path, "error": error.strerror}) from error
    if not start:
        raise BadFileError(_("The file is empty."))
    found = encoding or _by_first_bytes(start) or _by_letters(counts)
    return Content(found, is_guess=not encoding and found == "cp1252", sha256=digest.hexdigest())


def is_damaged(text: str) -> bool:
    """Whether bytes of this text could not be decoded."""
    return not text.isascii() and any(ord(char) in ESCAPED_BYTES or char == "\ufffd" for char in text)


def _is_known(encoding: str) -> bool:
    try:
        "a".encode(codecs.lookup(encoding).name)
    except (LookupError, ValueError):
        return False
    return True


def _by_first_bytes(start: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return encoding
    sample = start[: len(start) // 2 * 2][:4096]
    if sample[1::2].count(0) > len(sample) * 0.4:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) * 0.4:
        return "utf-16-be"
    return ""


def _by_letters(counts: Counter[str]) -> str:
    """UTF-8, with damaged rows if need be, unless every byte above 127 is a western letter and none is UTF-8."""
    undecodable = {char for char in counts if ord(char) in ESCAPED_BYTES}
    whole = len(counts) - len(undecodable)
    is_western = all(ord(char) - 0xDC00 in WESTERN for char in undecodable)
    return "cp1252" if undecodable and not whole and is_western else "utf-8"
