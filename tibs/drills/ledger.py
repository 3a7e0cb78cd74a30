"""What a drill counts, and whether nothing was lost and nothing doubled."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

# Seconds after a server is back in which 503 may still be answered.
AFTER_RETURN = 10.0


@dataclass
class Entry:
    """One fault: pieces of work enqueued, started (attempts), finished, and effects in the database.

    `lost` are pieces that were accepted and have no effect, `doubled` those that have one too many. `notes` are
    figures of this fault alone; `faults` say in words what is wrong.
    """

    fault: str
    times: int
    enqueued: int
    started: int
    finished: int
    effects: int
    lost: int
    doubled: int
    seconds: float
    notes: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    is_control: bool = False

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.faults)

    @property
    def is_right(self) -> bool:
        """Nothing is lost or doubled; in a control something must be."""
        return self.holds != self.is_control

    @property
    def verdict(self) -> str:
        if self.is_control:
            return "shows nothing, and should" if self.holds else "fails, as it must"
        return "holds" if self.holds else "does not hold"


COLUMNS = ("fault", "times", "enqueued", "started", "finished", "effects", "lost", "doubled", "seconds")


def as_json(entries: Iterable[Entry]) -> str:
    return json.dumps([asdict(entry) | {"is_right": entry.is_right} for entry in entries])


def as_table(entries: Iterable[Entry]) -> str:
    """The ledger in Markdown, with the notes of each entry below it."""
    entries = list(entries)
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    lines += [f"| {' | '.join(_cell(entry, column) for column in COLUMNS)} |" for entry in entries]
    lines.append("")
    for entry in entries:
        notes = ", ".join(f"{name} {value:g}" for name, value in entry.notes.items())
        said = "; ".join(part for part in (entry.verdict, *entry.faults, notes) if part)
        lines.append(f"- {entry.fault}: {said}")
    return "\n".join(lines) + "\n"


def _cell(entry: Entry, column: str) -> str:
    value = getattr(entry, column)
    return f"{value:.0f}" if isinstance(value, float) else str(value)
