"""Starts one throw-away PostgreSQL and Valkey for the whole test run, before Django is set up."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """The processes of a parallel run share one PostgreSQL, in which each has its own database, and have a Valkey each:
    one must not empty the cache of another or take its messages."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from tibs.core.catalogues import compile_catalogues
    from tibs.embedded import ensure_servers

    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ.pop("REDIS_URL")
    compile_catalogues()
    if {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        return
    folder = Path(tempfile.mkdtemp(prefix="tibs-test-"))
    folder.chmod(0o711)
    os.environ["TIBS_VAR"] = str(folder)
    ensure_servers(throw_away=True)
    _remove_at_exit(folder)


def _remove_at_exit(folder: Path) -> None:
    """After the servers stopped: handlers run in reverse order, so this one is put below theirs."""
    import atexit

    from tibs.embedded import manager, places

    stop_servers = manager.stop_own_servers

    def end() -> None:
        stop_servers()
        for left in (folder, places.socket_folder(folder)):
            shutil.rmtree(left, ignore_errors=True)

    atexit.register(end)
