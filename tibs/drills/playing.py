"""A whole drill, from empty servers to the ledger."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tibs.drills import faults
from tibs.drills.faults import Drill, Fault
from tibs.drills.ledger import Entry, Shown
from tibs.drills.market import open_market, results
from tibs.drills.stage import Stage

LEASE_SECONDS = 2
# How often a control may fail to show what chance brings about.
TRIES = 3


@dataclass(frozen=True)
class Plan:
    """How often each fault happens, how large market and parts are, and how long a run may take (seconds)."""

    children: int
    workers: int
    valkey: int
    postgres: int
    countries: int
    batch: int
    tile: int
    patience: float


FULL = Plan(children=20, workers=20, valkey=10, postgres=10, countries=7, batch=1, tile=4, patience=400)
SHORT = Plan(children=2, workers=1, valkey=1, postgres=1, countries=2, batch=1, tile=6, patience=180)


def play(folder: Path, plan: Plan) -> Iterator[Entry]:
    """Play every fault of the plan and the controls, in a process whose environment names the servers of `folder`."""
    stage = Stage(folder)
    stage.start_servers()
    try:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        drill = Drill(stage, open_market(plan.countries), plan.patience)
        stage.begin()
        stage.begin_worker()
        stage.begin_clock()
        stage.start_web()
        yield drill.play("none", 0, faults.nothing)
        drill.undisturbed = results()
        yield drill.play("child", plan.children, faults.kill_children)
        yield drill.play("worker", plan.workers, faults.kill_workers)
        yield drill.play("valkey", plan.valkey, faults.empty_valkey, with_people=True)
        yield drill.play("postgres", plan.postgres, faults.crash_postgres, with_people=True)
        yield from _controls(drill)
    finally:
        stage.close()


def _controls(drill: Drill) -> Iterator[Entry]:
    """The same with one protection taken away: each must show what it prevents."""
    stage = drill.stage
    os.environ["TIBS_DRILL_WITHOUT"] = "leases"
    stage.renew_worker()
    yield _shown(drill, "none, without leases", 0, faults.nothing, must_show="doubled")
    os.environ["TIBS_DRILL_WITHOUT"] = ""
    stage.renew_worker()
    stage.kill_tree(stage.clock)
    yield _shown(drill, "worker, without sweep", 1, faults.kill_workers, must_show="lost")
    yield _shown(drill, "valkey, without sweep", 1, faults.empty_valkey, must_show="lost")
    yield _shown(drill, "postgres, without sweep", 1, faults.crash_postgres, must_show="lost")
    stage.forget_soon()
    stage.begin_clock()
    yield drill.play(
        "postgres, without durability", 1, faults.crash_postgres, with_people=True, must_show="lost"
    )


def _shown(drill: Drill, name: str, times: int, fault: Fault, *, must_show: Shown) -> Entry:
    """A control. Whether two processes meet in one part, or a fault comes between two parts, is chance: it is tried
    again."""
    for _attempt in range(TRIES):
        entry = drill.play(name, times, fault, must_show=must_show)
        if entry.is_right:
            break
    return entry


def in_own_process(arguments: Sequence[str], plan: Plan, *, say: Callable[[str], None]) -> int:
    """Play a drill in a process and a folder of their own; its lines go to `say`, its exit code comes back."""
    folder = Path(tempfile.mkdtemp(prefix="tibs-drill-"))
    folder.chmod(0o711)
    stage = Stage(folder)
    own = {
        "DATABASE_URL": stage.postgres.url,
        "REDIS_URL": stage.valkey.url,
        "TIBS_LEASE_SECONDS": str(LEASE_SECONDS),
        "TIBS_DRILL_FOLDER": str(folder),
        "TIBS_DRILL_BATCH": str(plan.batch),
        "TIBS_DRILL_TILE": str(plan.tile),
        "OMP_NUM_THREADS": "1",
    }
    command = [sys.executable, "manage.py", "fault_drill", "--inside", str(folder), *arguments]
    try:
        with subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=os.environ | own, stdout=subprocess.PIPE, text=True
        ) as process:
            for line in process.stdout or ():
                say(line.rstrip("\n"))
        return process.returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)
