"""Renews the hash-pinned lock files from pyproject.toml; run it as `./run lock`."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = [
    ".venv/bin/uv", "pip", "compile", "--quiet", "--generate-hashes", "--universal", "--no-header",
    "--python-version", "3.12",
]  # fmt: skip
LOCKS = [
    (["requirements-installer.in"], "requirements-installer.txt"),
    (["pyproject.toml"], "requirements.txt"),
    # The first lock constrains the second, so that tests run on what production runs.
    (["pyproject.toml", "--group", "dev", "-c", "requirements.txt"], "requirements-dev.txt"),
]


def main() -> None:
    for sources, target in LOCKS:
        subprocess.run([*COMPILE, *sources, "--output-file", target], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
