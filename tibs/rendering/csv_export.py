"""CSV files that a spreadsheet program may open without running anything that somebody typed."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

type CsvValue = str | int | float | Decimal | date | bool | None

BYTE_ORDER_MARK = "\ufeff"
# Signs that start a formula, also in their full-width forms, and characters that hide one.
RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


class _Echo:
    """Hands each written line straight back, so that a file of any length takes constant memory."""

    def write(self, line: str) -> str:
        return line


def neutralise(value: CsvValue) -> CsvValue:
    """Make one cell harmless: risky strings get a leading apostrophe, numbers stay numbers."""
    if not isinstance(value, str):
        return value
    risky = value.startswith(RISKY_STARTS) or value.lstrip().startswith(RISKY_STARTS)
    return ("'" if risky else "") + value.replace("\0", "")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[CsvValue]]) -> Iterator[str]:
    """The file line by line, for a streaming response; it opens as UTF-8 in spreadsheet programs."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + str(writer.writerow([neutralise(name) for name in header]))
    for row in rows:
        yield str(writer.writerow([neutralise(value) for value in row]))
