"""Child processes that never outlive their parent, not even after SIGKILL."""

import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
UNPRIVILEGED = "nobody"
SERVERS = frozenset({"postgres", "valkey-server", "redis-server"})

_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent(parent: int, signal_number: int) -> Callable[[], None]:
    def prepare() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:  # it died between fork and prctl
            os.kill(os.getpid(), signal.SIGKILL)

    return prepare


def spawn(
    command: list[str], *, log: Path, stop_signal: int, unprivileged: bool = False
) -> subprocess.Popen[bytes]:
    """Start `command` with its output appended to `log`; the kernel sends it `stop_signal` when we die.

    `unprivileged` runs it as `nobody` when we are root: PostgreSQL refuses to run as root.
    Call it from the main thread: the kernel watches the thread that forked, not the process.
    """
    identity = (
        {"user": UNPRIVILEGED, "group": _group(), "extra_groups": []} if unprivileged and is_root() else {}
    )
    with log.open("ab") as output:
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]  # keyword names vary by need
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent(os.getpid(), stop_signal),
            **identity,
        )


def stop(process: subprocess.Popen[bytes], signal_number: int, *, within: float = 20) -> None:
    """Ask the child to end, wait, and end it by force when it does not."""
    if process.poll() is not None:
        return
    process.send_signal(signal_number)
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for_leftovers(folder: Path, *, within: float = 20) -> None:
    """Wait until no server works in `folder`: one of a killed parent may still be shutting down."""
    deadline = time.monotonic() + within
    while left := [pid for pid in os.listdir("/proc") if pid.isdigit() and _works_in(int(pid), folder)]:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{folder} is still used by the processes {', '.join(left)}; end them.")
        time.sleep(0.05)


def _works_in(pid: int, folder: Path) -> bool:
    process = Path(f"/proc/{pid}")
    try:
        return (process / "comm").read_text().strip() in SERVERS and (
            process / "cwd"
        ).readlink() == folder.resolve()
    except OSError:  # it ended, or belongs to somebody else
        return False


def is_root() -> bool:
    return os.geteuid() == 0


def give_away(path: Path) -> None:
    """Let the unprivileged user own `path` when we are root; its servers keep their files there."""
    if is_root():
        entry = pwd.getpwnam(UNPRIVILEGED)
        os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)


def is_reachable_by_others(path: Path) -> bool:
    """Whether the unprivileged user may walk down to `path` (not into a checkout below a 0700 home)."""
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


def _group() -> int:
    return pwd.getpwnam(UNPRIVILEGED).pw_gid
