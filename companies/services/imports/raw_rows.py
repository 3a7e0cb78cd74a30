"""A row as it stands in a file, before anybody asks what it means."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RawRow:
    """The cells of a row as text, and the line on which it begins (the row number in a workbook).

    `fault` says why there are no cells; `uncomputed` holds the places of cells with a formula but no value.
    """

    line: int
    cells: Sequence[str] = ()
    fault: str = ""
    uncomputed: frozenset[int] = frozenset()
