"""How a habit is judged: every breach fails unless `exceptions.toml` gives a reason, and no reason outlives it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text())


def judge(habit: str, breaches: Mapping[str, str], *, mend: str) -> None:
    """`breaches` maps a place to what is wrong there; `mend` says what to do about it."""
    excused = EXCEPTIONS.get(habit, {})
    wrong = [f"  {place}: {what}" for place, what in sorted(breaches.items()) if place not in excused]
    stale = [
        f"  {place}: no longer needed in exceptions.toml, [{habit}]"
        for place in sorted(excused.keys() - breaches)
    ]
    assert not wrong + stale, "\n".join(["", *wrong, *stale, f"{mend}"])
