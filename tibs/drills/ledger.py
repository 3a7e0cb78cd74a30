"""What a drill counts, and whether nothing was lost and nothing doubled."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Literal

# Seconds after a server is back in which 503 may still be answered.
AFTER_RETURN = 10.0

type Shown = Literal["", "lost", "doubled"]


@dataclass
class Entry:
    """One fault: pieces of work enqueued, started (attempts), finished, and effects in the database.

    `times` counts faults that hit work, `lost` pieces that were accepted and have no effect, `doubled` effects that
    were there already. `notes` are figures of this fault alone; `faults` say in words what is wrong. An entry with
    `must_show` is a control: a protection is off, and that column must not be 0.
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
    must_show: Shown = ""

    @property
    def name(self) -> str:
        return f"control: {self.fault}" if self.must_show else self.fault

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.faults)

    @property
    def is_right(self) -> bool:
        """Nothing is lost or doubled; in a control something is."""
        return bool(getattr(self, self.must_show)) if self.must_show else self.holds

    @property
    def verdict(self) -> str:
        if self.must_show:
            seen = f"{self.must_show} {getattr(self, self.must_show)}"
            return f"{seen}, as it must" if self.is_right else f"{seen}, and should show more"
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
        lines.append(f"- {entry.name}: {said}")
    return "\n".join(lines) + "\n"


def _cell(entry: Entry, column: str) -> str:
    value = entry.name if column == "fault" else getattr(entry, column)
    return f"{value:.0f}" if isinstance(value, float) else str(value)
