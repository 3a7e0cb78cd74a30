"""The faults: each one is played on a run of the matching, and ends with an entry of the ledger."""

import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError, connection

from matching.models import MatchRun, RunPart, RunStatus
from matching.services import runs
from tibs.drills.ledger import AFTER_RETURN, Entry, Shown
from tibs.drills.load import Answers, Load, written
from tibs.drills.market import DRILL, User, forget_results, results, stored_again
from tibs.drills.stage import COMPUTING, STORING, AtWork, Stage, TooSlowError

type Fault = Callable[["Drill", "Played"], None]
# Seconds without work after which a run with a protection taken away is given up: leases last two.
LIES_STILL = 6.0


@dataclass
class Played:
    """One run under one fault: how often it shall hit work and did, which parts, and when a server came back."""

    times: int
    answers: Answers | None = None
    hits: int = 0
    struck: set[int] = field(default_factory=set)
    outages: list[tuple[float, float]] = field(default_factory=list)

    def hit(self, busy: list[AtWork]) -> None:
        self.hits += 1
        self.struck |= {work.part for work in busy}


@dataclass
class Drill:
    """A stage with a market, what an undisturbed run finds there, and how long a run may take."""

    stage: Stage
    user: User
    patience: float
    undisturbed: list[tuple[object, ...]] = field(default_factory=list)

    def play(
        self, name: str, times: int, fault: Fault, *, with_people: bool = False, must_show: Shown = ""
    ) -> Entry:
        """Ask for a run, let the fault happen `times` times while it goes on, and count what is left."""
        forget_results()
        computed = self.stage.folder / "computed"
        computed.write_text("")
        began, before = time.monotonic(), len(written(self.user))
        load = Load(self.stage.web_socket, self.user)
        played = Played(times, load.answers if with_people else None)
        runs.request_run(by=DRILL)
        faults = []
        try:
            with load if with_people else nullcontext():
                fault(self, played)
                self._wait_for_end(may_lie_still=bool(must_show))
        except TooSlowError as error:
            faults.append(str(error))
        entry = self._count(name, played, time.monotonic() - began, computed)
        entry.faults += faults
        entry.must_show = must_show
        if played.answers:
            _add_people(entry, played.answers, played, written(self.user)[before:])
        return entry

    def _wait_for_end(self, *, may_lie_still: bool) -> None:
        """Until the run is over, or, in a control, until nobody has worked on it for a while."""
        last_work = time.monotonic()

        def ended() -> bool:
            nonlocal last_work
            if self.stage.at_work():
                last_work = time.monotonic()
            return is_over() or (may_lie_still and time.monotonic() - last_work > LIES_STILL)

        self.stage.wait_for(ended, "the run", within=self.patience)

    def _count(self, name: str, played: Played, seconds: float, computed: Path) -> Entry:
        parts = list(RunPart.objects.values_list("attempts", "done_at"))
        found = results()
        lines = computed.read_text().split()
        is_done = MatchRun.objects.filter(status=RunStatus.DONE).exists()
        lost = sum(done is None for _attempts, done in parts) + (not is_done)
        faults = []
        if played.hits < played.times:
            faults.append(f"the fault hit work {played.hits} of {played.times} times")
        if self.undisturbed and found != self.undisturbed and not lost:
            faults.append("the results differ from those of an undisturbed run")
        return Entry(
            fault=name,
            times=played.hits,
            enqueued=len(parts),
            started=sum(attempts for attempts, _done in parts),
            finished=sum(done is not None for _attempts, done in parts),
            effects=len(found),
            lost=lost,
            doubled=stored_again(),
            seconds=seconds,
            # A part that is computed again after a fault is no harm: it is stored once.
            notes={"computed again": len(lines) - len(set(lines))},
            faults=faults,
        )


def nothing(_drill: Drill, _played: Played) -> None:
    """The undisturbed run."""


def kill_children(drill: Drill, played: Played) -> None:
    """SIGKILL a process of the worker that works on a part: in turn while it computes and while it stores."""
    while played.hits < played.times:
        phase = (COMPUTING, STORING)[played.hits % 2]
        busy = next((work for work in _await_work(drill, played) if work.phase == phase), None)
        if busy and drill.stage.kill_at_work(busy):
            played.hit([busy])


def kill_workers(drill: Drill, played: Played) -> None:
    """SIGKILL the worker with all its processes, and start another one."""
    while played.hits < played.times:
        busy = _await_work(drill, played)
        if drill.stage.kill_worker_at_work(busy):
            played.hit(busy)
            drill.stage.begin_worker()


def empty_valkey(drill: Drill, played: Played) -> None:
    """kill -9 of Valkey, and an empty one in its place."""
    _bring_down(drill, played, drill.stage.restart_valkey)


def crash_postgres(drill: Drill, played: Played) -> None:
    """PostgreSQL ends at once in mid-work, and recovers."""
    _bring_down(drill, played, drill.stage.restart_postgres)
    connection.close()


def _bring_down(drill: Drill, played: Played, restart: Callable[[], None]) -> None:
    while played.hits < played.times:
        _await_message(drill, played)
        played.hit(_await_work(drill, played))
        gone = time.monotonic()
        restart()
        played.outages.append((gone, time.monotonic()))


def _await_message(drill: Drill, played: Played) -> None:
    """Wait until somebody's message was said to be kept since the last fault."""
    if played.answers:
        kept = played.answers.kept
        before = len(kept)
        drill.stage.wait_for(lambda: len(kept) > before, "a message", within=drill.patience)


def _await_work(drill: Drill, played: Played) -> list[AtWork]:
    """Wait until somebody works on a part; none is hit twice, because one that loses three workers is parked."""

    def begun() -> list[AtWork]:
        busy = drill.stage.at_work()
        if not busy and is_over():
            raise TooSlowError("the run was over too soon")
        return [] if played.struck & {work.part for work in busy} else busy

    return drill.stage.wait_for(begun, "a part that is begun", within=drill.patience)


def is_over() -> bool:
    """Whether the run ended; while the database is away nobody knows, so it did not."""
    try:
        return MatchRun.objects.filter(status__in=[RunStatus.DONE, RunStatus.FAILED]).exists()
    except DatabaseError:
        connection.close()
        return False


def _add_people(entry: Entry, answers: Answers, played: Played, stored: list[str]) -> None:
    """Add the messages that people wrote meanwhile to the entry of the run."""
    copies = Counter(stored)
    entry.lost += sum(1 for mark in answers.kept if not copies[mark])
    entry.doubled += sum(1 for count in copies.values() if count > 1)
    back = [end for _gone, end in played.outages]
    late = [
        moment - max((end for end in back if end <= moment), default=moment) for moment in answers.refused()
    ]
    entry.notes |= {
        "messages sent": answers.sent,
        "said to be kept": len(answers.kept),
        "kept": len(stored),
        "requests": len(answers.statuses),
        "answered 503": len(answers.refused()),
        "other failures": len(answers.bad()),
        "taken for strangers": answers.strangers,
        "last 503 after the return (s)": round(max(late, default=0.0), 1),
    }
    if bad := answers.bad():
        entry.faults.append(f"answers that are neither a page nor 503: {sorted(set(bad))}")
    if answers.strangers:
        entry.faults.append("people were signed out")
    if max(late, default=0.0) > AFTER_RETURN:
        entry.faults.append("503 long after the return")
