"""Everything that can be judged without running the product; run it as `./run check`."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
# Settings want addresses; no check connects to them, so none starts a server.
NOWHERE = {"DATABASE_URL": "postgresql:///nowhere?host=%2Fnowhere", "REDIS_URL": "unix:///nowhere"}


@dataclass(frozen=True)
class Check:
    """One program of the environment, and what to do when it fails."""

    name: str
    command: str
    mend: str


# The slowest comes first: two run at a time.
CHECKS = [
    Check(
        "types", "mypy .", "Give the value its true type; `# type: ignore[code]` needs a reason beside it."
    ),
    Check("contracts", "lint-imports", "Imports point down only: see docs/architecture.md, Layers."),
    Check(
        "migrations",
        "python -W ignore manage.py makemigrations --check --dry-run --skip-checks",
        "./run manage makemigrations APP --name says_what_changes",
    ),
    Check(
        "templates",
        "djlint templates --lint --check",
        "./run fix sets the form; a broken rule is named in front of its line.",
    ),
    Check("lint", "ruff check --quiet .", "./run fix mends most; `ruff rule CODE` explains the others."),
    Check("format", "ruff format --quiet --check .", "./run fix"),
    Check("lock", "python -m tools.lock_is_current", "./run lock"),
]


def run(check: Check) -> tuple[Check, int, str, float]:
    """The check with its exit code, its output and its seconds."""
    began = time.monotonic()
    program, *arguments = check.command.split()
    done = subprocess.run(
        [str(BIN / program), *arguments],
        cwd=ROOT,
        env=os.environ | NOWHERE,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return check, done.returncode, done.stdout + done.stderr, time.monotonic() - began


def main() -> int:
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for check, code, output, seconds in pool.map(run, CHECKS):
            sys.stdout.write(f"{'FAIL' if code else 'ok  '} {check.name} ({seconds:.1f} s)\n")
            if code:
                failed.append(check.name)
                sys.stdout.write(f"{output.rstrip()}\n     Mend: {check.mend}\n")
            sys.stdout.flush()
    if failed:
        sys.stdout.write(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}\n")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
