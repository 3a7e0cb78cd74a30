"""A worker that is killed in mid-run loses nothing and doubles nothing."""

import pytest
from django.db import connection
from django.utils import timezone

from matching.models import MatchRun, PartKind, RunPart, RunStatus
from matching.services import runs
from tests import factories
from tests.matching.conftest import finish, make_market
from tests.matching.test_runs import found
from tests.matching.workers import Crew, own_queue, wait_for

# Five kills: while texts are read, while profiles are compared, and twice while results are written.
VICTIMS = [PartKind.ENCODE, PartKind.ENCODE, PartKind.TILE, PartKind.MERGE, PartKind.MERGE]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_encoder]


def newly_begun(kind, known):
    """The (key, attempt) of a part of `kind` that somebody works on and that is not `known`; None without one."""
    busy = RunPart.objects.filter(kind=kind, done_at=None, lease_until__gt=timezone.now())
    attempts = busy.values_list("pk", "attempts")
    return next((attempt for attempt in attempts if attempt not in known), None)


def has_uncommitted_results():
    """Whether some session wrote matches and has not committed them yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction' AND query ILIKE '%matching_match%'"
        )
        return cursor.fetchone() is not None


def is_done():
    return MatchRun.objects.filter(status=RunStatus.DONE).exists()


def kill_in(kind, crew, known):
    """Start a worker and kill it in the middle of a part of `kind`."""
    worker = crew.start_worker("tests.matching.slow_worker")
    assert wait_for(lambda: newly_begun(kind, known), within=120), f"the worker never began {kind}"
    known.append(newly_begun(kind, known))
    if kind == PartKind.MERGE:
        assert wait_for(has_uncommitted_results, within=60), "the merge never wrote"
    crew.kill(worker)


def run_under_fire(folder, *, victims, with_sweep, patience):
    """Start a run, kill its worker in the middle of each victim, start a last one; whether it finished."""
    run = runs.request_run(by=factories.BENCH)
    known = []
    with own_queue(folder) as queue, Crew(queue, folder, connection.settings_dict) as crew:
        crew.nudge(runs.advance(run.pk))
        if with_sweep:
            crew.start_sweeper()
        for kind in victims:
            kill_in(kind, crew, known)
        crew.start_worker()
        finished = wait_for(is_done, within=patience)
    run.refresh_from_db()
    return run, finished


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Parts small enough that a run has many to be killed in."""
    monkeypatch.setattr(runs, "ENCODE_BATCH", 4)


def test_a_run_whose_worker_is_killed_five_times_finds_what_an_undisturbed_one_finds(tmp_path):
    make_market()

    run, finished = run_under_fire(tmp_path, victims=VICTIMS, with_sweep=True, patience=180)

    assert finished, f"the run is still {run.status}"
    under_fire = found()
    assert sum(run.parts.values_list("attempts", flat=True)) == run.parts.count() + len(VICTIMS)
    assert run.pairs == len(under_fire)
    finish(runs.request_run(by=factories.BENCH))
    assert found() == under_fire


def test_without_the_sweep_a_killed_worker_leaves_its_run_unfinished(tmp_path):
    make_market(firms=3)

    _run, finished = run_under_fire(tmp_path, victims=VICTIMS[:1], with_sweep=False, patience=8)

    assert not finished
