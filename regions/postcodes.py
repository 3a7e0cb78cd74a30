"""Postcodes as people write them: `15-351`, `LV-4101`, `EE 68203`, `FI-45100`."""

import re


def digits_of(postcode: str, *, country: str, length: int) -> str | None:
    """The digits of a postcode of that country, or None if it cannot be one."""
    bare = re.sub(r"[\s-]", "", postcode.upper()).removeprefix(country)
    return bare if bare.isascii() and bare.isdigit() and len(bare) == length else None


def prefixes_of(digits: str) -> list[str]:
    """All beginnings of a postcode, the longest first."""
    return [digits[:length] for length in range(len(digits), 0, -1)]
