"""Rules for environment variables, and one readable list of those that break them."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from environs import EnvValidationError, ValidationError


def scheme(*allowed: str) -> Callable[[str], None]:
    """A rule for addresses that begin with one of these schemes."""

    def check(url: str | None) -> None:
        if url is not None and urlsplit(url).scheme not in allowed:
            raise ValidationError(f"Must begin with one of: {', '.join(f'{name}:' for name in allowed)}.")

    return check


def faults(error: EnvValidationError) -> str:
    """Each variable and what is wrong with it, one on a line."""
    messages = cast("dict[str, list[str]]", error.error_messages)
    return "\n".join(f"  {name}: {' '.join(dict.fromkeys(said))}" for name, said in messages.items())
