"""Looks into one file in a process of its own, whose memory and time are limited.

Run as a script with the file on standard input. Standard output begins with a line of JSON, `{"kind": "pdf"}` or
`{"refused": "active"}`; after it come the bytes to keep. It imports neither Django nor TIBS: nothing of the
platform is in reach of a file that breaks a parser. Pictures are drawn anew, so that only what one sees remains;
PDF files stay as they are, or their signatures would break.
"""

import json
import re
import resource
import sys
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

MEMORY, SECONDS = 1_500_000_000, 10
MOST_PIXELS, MOST_PAGES, MOST_UNPACKED = 30_000_000, 500, 300_000_000
MAGIC = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}
PNG_END = b"\x00\x00\x00\x00IEND\xae\x42\x60\x82"
ZIP_END, ZIP_REACH = b"PK\x05\x06", 65_557
PDF_END = re.compile(rb"%%EOF[\x00\t\n\x0c\r ]*\Z")
ACTIVE = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/SubmitForm"}
)
PACKED = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW"})
CHUNK = 1 << 20


class RefusedError(Exception):
    """The code says why: type, broken, pixels, packed, pages, encrypted, active, trailing."""


def inspect(content: bytes) -> tuple[str, bytes]:
    """The kind of the file, and the bytes to keep of it."""
    kind = next((kind for kind, magic in MAGIC.items() if content.startswith(magic)), "")
    if not kind:
        raise RefusedError("type")
    return kind, _pdf(content) if kind == "pdf" else _picture(content, kind)


def _picture(content: bytes, kind: str) -> bytes:
    from PIL import Image, ImageOps

    if kind == "png" and not content.endswith(PNG_END):
        raise RefusedError("trailing")
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(content), formats=[kind]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise RefusedError("pixels")
            upright = ImageOps.exif_transpose(found)
            drawn = upright.convert("RGBA" if kind == "png" and "A" in upright.mode else "RGB")
    except Image.DecompressionBombError as error:
        raise RefusedError("pixels") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise RefusedError("broken") from error
    kept = BytesIO()
    drawn.info.clear()
    drawn.save(kept, format=kind, quality=90)
    return kept.getvalue()


def _pdf(content: bytes) -> bytes:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if not PDF_END.search(content[-2048:]) or ZIP_END in content[-ZIP_REACH:]:
        raise RefusedError("trailing")
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise RefusedError("encrypted")
        if not 1 <= len(reader.pages) <= MOST_PAGES:
            raise RefusedError("pages")
        _refuse_dangerous(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise RefusedError("broken") from error
    return content


def _refuse_dangerous(reader: Any) -> None:
    """Look at every object: nothing acts, nothing is hidden inside, and nothing grows without measure."""
    unpacked = 0
    for found in _objects(reader):
        if _names(found) & ACTIVE:
            raise RefusedError("active")
        data = getattr(found, "_data", None)
        if isinstance(data, bytes):
            unpacked += _size_unpacked(found, data, MOST_UNPACKED - unpacked)


def _objects(reader: Any) -> Iterator[Any]:
    from pypdf.generic import IndirectObject

    numbers = {(number, generation) for generation, rows in reader.xref.items() for number in rows}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        if number:
            yield IndirectObject(number, generation, reader).get_object()


def _names(found: Any) -> set[str]:
    """Keys and names anywhere within one object, without following references."""
    names, waiting = set[str](), [found]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            names.update(map(str, part.keys()))
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, str) and part.startswith("/"):
            names.add(str(part))
    return names


def _size_unpacked(stream: Any, data: bytes, most: int) -> int:
    filters = stream.get("/Filter", [])
    filters = [str(one) for one in (filters if isinstance(filters, list) else [filters])]
    if sum(one in PACKED for one in filters) > 1:
        raise RefusedError("packed")
    if not filters or filters[0] not in {"/FlateDecode", "/Fl"}:
        return 0
    size, unpacker = 0, zlib.decompressobj()
    try:
        while data and not unpacker.eof:
            size += len(unpacker.decompress(data, CHUNK))
            data = unpacker.unconsumed_tail
            if size > most:
                raise RefusedError("packed")
    except zlib.error as error:
        raise RefusedError("broken") from error
    return size


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        kind, kept = inspect(sys.stdin.buffer.read())
        head = {"kind": kind}
    except RefusedError as error:
        head, kept = {"refused": str(error)}, b""
    except MemoryError:
        head, kept = {"refused": "packed"}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + kept)


if __name__ == "__main__":
    main()
