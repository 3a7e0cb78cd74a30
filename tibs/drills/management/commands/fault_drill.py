"""Kills workers, Valkey and PostgreSQL in mid-work, and prints whether anything was lost or doubled."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tibs.drills import ledger, playing

PAGE = """# Nothing lost, nothing doubled

What is left of a matching run, and of the messages that three people write meanwhile, when processes and servers are
killed. `times` counts the faults that hit somebody at work. `enqueued` are parts of the run, `started` attempts at
them, `effects` pairs in the database. `lost` are parts without a result and messages that were said to be kept and
are not there; `doubled` are results of parts that were stored twice and messages that are there twice. Results are
compared with those of the undisturbed run, pair by pair, to the last digit. `child`: SIGKILL to a busy process of the
worker, in turn while it computes and before it commits. `worker`: SIGKILL to the worker with all its processes.
`valkey`: kill -9, and an empty one in its place. `postgres`: immediate shutdown (SIGQUIT, as `pg_ctl restart -m
immediate` does) and recovery. Sweeps come every two seconds instead of every fifteen, leases last two seconds instead
of sixty, and each part takes 0.3 s longer, so that there is something to kill.

This page was written by

    ./run manage fault_drill --out docs/results/fault-drill.md

on {day}, on {machine}. In a control a protection is taken away, and the ledger must show what it prevents. Without
leases two processes store the same part; without the sweep nobody finds again what a killed worker or a crashed
PostgreSQL left undone, or what an emptied Valkey forgot; without durability (`synchronous_commit`) PostgreSQL forgets
what it said to have stored. A control that shows nothing fails the drill.

{table}"""


class Command(BaseCommand):
    help = (
        "Kills busy workers, empties Valkey and crashes PostgreSQL, on servers of its own that are thrown away, and "
        "prints a ledger. The exit code is 1 when something was lost or doubled."
    )

    # They ask the database, which is not there yet.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--short", action="store_true", help="each fault once or twice")
        parser.add_argument("--json", action="store_true", help="print the ledger for programs")
        parser.add_argument("--out", type=Path, help="write the ledger as a page")
        parser.add_argument("--inside", type=Path, help="used by the command itself")

    def handle(self, *_: Any, **options: Any) -> None:
        plan = playing.SHORT if options["short"] else playing.FULL
        if options["inside"]:
            return self._play(plan, options)
        if playing.in_own_process(_passed_on(options), plan, say=self.stdout.write):
            raise CommandError("The drill does not hold.")
        return None

    def _play(self, plan: playing.Plan, options: dict[str, Any]) -> None:
        entries = []
        for entry in playing.play(options["inside"], plan):
            entries.append(entry)
            if options["out"]:
                _write_page(options["out"], entries)
            if not options["json"]:
                self.stdout.write(f"{entry.name}: {entry.verdict} ({entry.seconds:.0f} s)")
                self.stdout.flush()
        self.stdout.write(ledger.as_json(entries) if options["json"] else ledger.as_table(entries))
        if not all(entry.is_right for entry in entries):
            raise CommandError("Something was lost or doubled, or a control did not show it.")


def _write_page(path: Path, entries: list[ledger.Entry]) -> None:
    """After every fault, so that a drill that is stopped leaves what it saw."""
    day = f"{datetime.now(UTC):%d %B %Y}"
    path.write_text(PAGE.format(day=day, machine=_machine(), table=ledger.as_table(entries)))


def _passed_on(options: dict[str, Any]) -> list[str]:
    """The options that the drill itself reads, as they were given."""
    flags = [f"--{name}" for name in ("short", "json") if options[name]]
    return [*flags, *([f"--out={options['out'].absolute()}"] if options["out"] else [])]


def _machine() -> str:
    load = f"on average {os.getloadavg()[2]:.0f} processes wanted one meanwhile"
    return f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}; {load}"
