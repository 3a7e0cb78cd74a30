"""Fails when a lock file misses a package that pyproject.toml names, or names a host."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0].lower() for line in requirements}


def faults() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        "requirements.txt": names(project["project"]["dependencies"]),
        "requirements-dev.txt": names(project["dependency-groups"]["dev"]),
    }
    found = []
    for lock, needed in wanted.items():
        text = (ROOT / lock).read_text()
        locked = set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))
        found += [f"{lock} lacks {name}: run ./run lock" for name in sorted(needed - locked)]
        if "://" in text:
            found.append(f"{lock} names a host")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(faults()) or None)
