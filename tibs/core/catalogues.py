"""Compiles gettext catalogues without gettext on the machine."""

import os
from pathlib import Path

import polib

PROJECT = Path(__file__).resolve().parent.parent.parent


def catalogues(language: str = "*", project: Path = PROJECT) -> list[Path]:
    """The `.po` files: one of each app that has a `locale` folder, and one of what is nobody's or of templates."""
    inside = f"locale/{language}/LC_MESSAGES/*.po"
    return sorted([*project.glob(inside), *project.glob(f"[!.]*/{inside}")])


def compile_catalogues(project: Path = PROJECT) -> int:
    """Write each `.mo` that is missing or older than its `.po`; return how many were written.

    polib keeps the plural rules of the header as they are, which Polish, Lithuanian and Latvian need.
    """
    written = 0
    for source in catalogues(project=project):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            whole = target.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(whole))
            whole.replace(target)  # other processes read it meanwhile
            written += 1
    return written
