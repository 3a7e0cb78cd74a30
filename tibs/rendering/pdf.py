"""PDF files made with typst: tagged for screen readers, the same on every machine."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "pdf"


def compile_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Fill `templates/pdf/<template>.typ` with `data`, which is anything that JSON can hold.

    The template's first comment says what it reads; every one reads `title` and `language`. Texts are data, never
    markup. The file follows PDF/UA-1 unless a text has letters that typst's own fonts lack: these show as boxes,
    and the file is tagged all the same.
    """
    try:
        return _compile(template, data, ["ua-1"])
    except typst.TypstError:
        return _compile(template, data, [])


def _compile(template: str, data: Mapping[str, Any], standards: list[Literal["ua-1"]]) -> bytes:
    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        None,
        str(TEMPLATES),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_printable(data))},
        pdf_standards=[*standards],
    )


def _printable(value: Any) -> Any:
    """The same without control characters and halves of letters, which no font draws."""
    if isinstance(value, str):
        return "".join(letter if letter == "\n" or letter.isprintable() else " " for letter in value)
    if isinstance(value, Mapping):
        return {str(key): _printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part) for part in value]
    return value
