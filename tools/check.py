"""Everything that can be judged without running the product; run it as `./run check`."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
CHECKS = {
    "lint": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--quiet", "--check", "."],
    "types": ["mypy", "."],
    "contracts": ["lint-imports"],
    "template lint": ["djlint", "templates", "--lint", "--quiet"],
    "template format": ["djlint", "templates", "--check", "--quiet"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "lock": ["python", "-m", "tools.lock_is_current"],
}


def run(name: str) -> tuple[str, int, str, float]:
    """One check: its name, exit code, output and seconds."""
    began = time.monotonic()
    program, *arguments = CHECKS[name]
    done = subprocess.run(
        [str(BIN / program), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return name, done.returncode, done.stdout + done.stderr, time.monotonic() - began


def main() -> int:
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(run, CHECKS))
    for name, code, output, seconds in results:
        sys.stdout.write(f"{'ok  ' if code == 0 else 'FAIL'} {name} ({seconds:.1f} s)\n")
        if code:
            sys.stdout.write(output)
    return int(any(code for _, code, _, _ in results))


if __name__ == "__main__":
    sys.exit(main())
