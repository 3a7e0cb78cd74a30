"""What can be wrong with a file, and with a row of it."""

from dataclasses import dataclass

from tibs.core.errors import BadInputError


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row: the line on which it begins, the column if one is to blame, and a sentence."""

    line: int
    column: str
    reason: str


class BadFileError(BadInputError):
    """A file that cannot be read at all; nothing of it was imported."""

    code = "bad_file"
