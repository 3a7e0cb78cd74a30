"""A worker that is killed in mid-run loses nothing and doubles nothing."""

import pytest
from django.db import connection

from matching.models import MatchRun, RunPart, RunStatus
from matching.services import runs
from tests import factories
from tests.matching.conftest import finish, make_market
from tests.matching.test_runs import found
from tests.matching.workers import Crew, own_queue, wait_for

KILLS = 5
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_encoder]


def newly_begun(known):
    """The key of a part that somebody works on for the first time and that is not `known`; None while there is none."""
    busy = RunPart.objects.filter(done_at=None, lease_until__isnull=False, attempts=1)
    return busy.exclude(pk__in=known).values_list("pk", flat=True).first()


def is_done():
    return MatchRun.objects.filter(status=RunStatus.DONE).exists()


def run_under_fire(folder, *, kills, with_sweep, patience):
    """Start a run, kill its worker `kills` times in the middle of a part, start a last one; whether it finished."""
    run = runs.request_run(by=factories.BENCH)
    killed = []
    with own_queue(folder) as queue, Crew(queue, folder, connection.settings_dict) as crew:
        crew.nudge(runs.advance(run.pk))
        if with_sweep:
            crew.start_sweeper()
        for _ in range(kills):
            worker = crew.start_worker()
            assert wait_for(lambda: newly_begun(killed), within=120), "the worker never began a part"
            killed.append(newly_begun(killed))
            crew.kill(worker)
        crew.start_worker()
        finished = wait_for(is_done, within=patience)
    run.refresh_from_db()
    return run, finished


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Parts small enough that a run has many to be killed in."""
    monkeypatch.setattr(runs, "ENCODE_BATCH", 2)


def test_a_run_whose_worker_is_killed_five_times_finds_what_an_undisturbed_one_finds(tmp_path):
    make_market()

    run, finished = run_under_fire(tmp_path, kills=KILLS, with_sweep=True, patience=180)

    assert finished, f"the run is still {run.status}"
    under_fire = found()
    assert run.parts.filter(attempts__gt=1).count() == KILLS
    assert run.pairs == len(under_fire)
    finish(runs.request_run(by=factories.BENCH))
    assert found() == under_fire


def test_without_the_sweep_a_killed_worker_leaves_its_run_unfinished(tmp_path):
    make_market(firms=3)

    _run, finished = run_under_fire(tmp_path, kills=1, with_sweep=False, patience=8)

    assert not finished
