"""The words of an instrument in eight languages. They belong to its version and are read with it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from companies.assessments.instrument import BARRIERS, FIRM, OVERALL_BARRIERS, READINESS, Instrument

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "pl", "fi", "da", "de", "et", "lt", "lv")
FALLBACK = "en"


@dataclass(frozen=True)
class Words:
    """Every sentence of one version in one language, found by table and code."""

    instrument: Instrument
    language: str
    tables: Mapping[str, Any]

    def text(self, *path: str, **gaps: str) -> str:
        """Return the sentence at `path` (`"steps", "firm", "MEANS"`), its named gaps filled."""
        found: Any = self.tables
        for key in path:
            found = found[key]
        return str(found) % gaps if gaps else str(found)

    def area(self, code: str) -> str:
        return self.text("areas", code)

    def item(self, area: str, code: str) -> str:
        """The question itself; readiness has its own in each area."""
        if area != FIRM and code in self.instrument.items[READINESS]:
            return self.text("readiness", area, code)
        return self.text("items", code)

    def why(self, area: str, code: str) -> str:
        """Why the question is asked."""
        if area == FIRM:
            return self.text("why", self._dimension(code))
        reasons = self.tables["why"]
        return str(reasons.get(code) or reasons[self.instrument.block_of(code)])

    def scale(self, area: str, code: str) -> tuple[str, ...]:
        """What 0, 1, 2, 3 and 4 mean for the question."""
        name = "agree"
        if area != FIRM:
            is_barrier = self.instrument.block_of(code) == BARRIERS or code == OVERALL_BARRIERS
            name = {"H1": "share", "H2": "years"}.get(code, "barrier" if is_barrier else "agree")
        return tuple(self.text("scales", name, str(value)) for value in range(5))

    def _dimension(self, item: str) -> str:
        return next(name for name, items in self.instrument.firm.items() if item in items)


@cache
def words(instrument: Instrument, language: str) -> Words:
    """Read the words of an instrument; languages that it does not have are answered in English."""
    known = language if language in LANGUAGES else FALLBACK
    path = FOLDER / f"v{instrument.version}" / f"{known}.toml"
    return Words(instrument, known, tomllib.loads(path.read_text(encoding="utf-8")))


def sentences(tables: Mapping[str, Any], *above: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every sentence of the tables with its path."""
    for key, value in tables.items():
        if isinstance(value, Mapping):
            yield from sentences(value, *above, key)
        else:
            yield (*above, key), value
