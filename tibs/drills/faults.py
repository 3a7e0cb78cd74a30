"""The faults: each one is played on a run of the matching, and ends with an entry of the ledger."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import OperationalError, connection
from django.utils import timezone

from matching.models import MatchRun, RunPart, RunStatus
from matching.services import runs
from tibs.drills.ledger import AFTER_RETURN, Entry
from tibs.drills.load import Answers, Load, written
from tibs.drills.market import DRILL, User, forget_results, results
from tibs.drills.stage import Stage, TooSlowError

type Fault = Callable[["Drill", "Played"], None]


@dataclass
class Played:
    """One run under one fault: which attempts were killed, and when a server came back."""

    times: int
    killed: set[tuple[int, int]] = field(default_factory=set)
    outages: list[tuple[float, float]] = field(default_factory=list)


@dataclass
class Drill:
    """A stage with a market, what an undisturbed run finds there, and how long a run may take."""

    stage: Stage
    user: User
    patience: float
    undisturbed: list[tuple[object, ...]] = field(default_factory=list)

    def play(
        self, name: str, times: int, fault: Fault, *, with_people: bool = False, is_control: bool = False
    ) -> Entry:
        """Ask for a run, let the fault happen `times` times while it goes on, and count what is left."""
        forget_results()
        computed = self.stage.folder / "computed"
        computed.write_text("")
        began, played = time.monotonic(), Played(times)
        before = len(written(self.user))
        load = Load(self.stage.web_socket, self.user)
        runs.request_run(by=DRILL)
        faults = []
        try:
            if with_people:
                with load:
                    fault(self, played)
                    self._wait_for_end()
            else:
                fault(self, played)
                self._wait_for_end()
        except TooSlowError as error:
            faults.append(str(error))
        entry = self._count(name, played, time.monotonic() - began, computed)
        entry.faults += faults
        entry.is_control = is_control
        if with_people:
            _add_people(entry, load.answers, played, written(self.user)[before:])
        return entry

    def _wait_for_end(self) -> None:
        ended = MatchRun.objects.filter(status__in=[RunStatus.DONE, RunStatus.FAILED])
        self.stage.wait_for(lambda: asked(ended.exists), "the run", within=self.patience)

    def _count(self, name: str, played: Played, seconds: float, computed: Path) -> Entry:
        parts = list(RunPart.objects.values_list("attempts", "done_at"))
        found = results()
        twice = sum(1 for count in Counter(computed.read_text().split()).values() if count > 1)
        is_done = MatchRun.objects.filter(status=RunStatus.DONE).exists()
        lost = sum(done is None for _attempts, done in parts) + (not is_done)
        same = found == self.undisturbed or not self.undisturbed
        return Entry(
            fault=name,
            times=played.times,
            enqueued=len(parts),
            started=sum(attempts for attempts, _done in parts),
            finished=sum(done is not None for _attempts, done in parts),
            effects=len(found),
            lost=lost,
            # A part whose result could not be stored is computed again, and stored once.
            doubled=0 if played.outages else twice,
            seconds=seconds,
            faults=[] if same or lost else ["the results differ from those of an undisturbed run"],
        )


def nothing(_drill: Drill, _played: Played) -> None:
    """The undisturbed run."""


def kill_children(drill: Drill, played: Played) -> None:
    """SIGKILL a process of the worker that works on a part, again and again."""
    for _ in range(played.times):
        _await_busy(drill, played)
        at_work = drill.stage.folder / "busy"
        drill.stage.wait_for(at_work.exists, "a process at work")
        worker = drill.stage.worker
        children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
        busy = at_work.read_text()
        # A process of ours, and no other: it may have ended meanwhile.
        if busy in children:
            os.kill(int(busy), signal.SIGKILL)


def kill_workers(drill: Drill, played: Played) -> None:
    """SIGKILL the worker with all its processes, and start another one."""
    for _ in range(played.times):
        _await_busy(drill, played)
        drill.stage.renew_worker()


def empty_valkey(drill: Drill, played: Played) -> None:
    """kill -9 of Valkey, and an empty one in its place."""
    for _ in range(played.times):
        _await_busy(drill, played, quietly=True)
        gone = time.monotonic()
        drill.stage.restart_valkey()
        played.outages.append((gone, time.monotonic()))
        time.sleep(1)


def crash_postgres(drill: Drill, played: Played) -> None:
    """PostgreSQL ends at once in mid-work, and recovers."""
    for _ in range(played.times):
        _await_busy(drill, played, quietly=True)
        gone = time.monotonic()
        drill.stage.restart_postgres()
        played.outages.append((gone, time.monotonic()))
        connection.close()
        _await_repetition(drill)


def _await_repetition(drill: Drill) -> None:
    """Wait until what the fault hit was done again: a part that is lost three times is parked, by design."""
    again = RunPart.objects.filter(done_at=None, attempts__gt=1)
    busy = RunPart.objects.filter(done_at=None, attempts=1, lease_until__lt=timezone.now())
    time.sleep(1)
    drill.stage.wait_for(
        lambda: asked(lambda: not again.exists() and not busy.exists()), "a repetition", within=drill.patience
    )


def asked[Answer](question: Callable[[], Answer]) -> Answer | None:
    """The answer of the database; None while it is away."""
    try:
        return question()
    except OperationalError:
        connection.close()
        return None


def _await_busy(drill: Drill, played: Played, *, quietly: bool = False) -> None:
    """Wait until somebody works on a part for the first time: one that loses three workers is parked, by design.

    `quietly`: a fault that comes after the last part was begun happens all the same.
    """

    def begun() -> bool:
        busy = RunPart.objects.filter(done_at=None, lease_until__gt=timezone.now(), attempts=1)
        fresh = set(asked(lambda: list(busy.values_list("pk", "attempts"))) or ()) - played.killed
        played.killed |= fresh
        over = asked(MatchRun.objects.exclude(status__in=[RunStatus.DONE, RunStatus.FAILED]).exists) is False
        return bool(fresh) or (quietly and over)

    drill.stage.wait_for(begun, "a part that is begun", within=drill.patience)


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
        "other failures": answers.bad(),
        "taken for strangers": answers.strangers,
        "last 503 after the return (s)": round(max(late, default=0.0), 1),
    }
    if answers.bad():
        entry.faults.append("answers that are neither a page nor 503")
    if answers.strangers:
        entry.faults.append("people were signed out")
    if max(late, default=0.0) > AFTER_RETURN:
        entry.faults.append("503 long after the return")
