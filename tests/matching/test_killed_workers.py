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


def is_at_work():
    """Some part is being done for the first time."""
    return RunPart.objects.filter(done_at=None, lease_until__isnull=False, attempts=1).exists()


def is_done():
    return MatchRun.objects.filter(status=RunStatus.DONE).exists()


def run_under_fire(folder, *, kills, with_sweep, patience):
    """Start a run, kill its worker `kills` times in the middle of a part, start a last one; whether it finished."""
    run = runs.request_run(by=factories.BENCH)
    with own_queue(folder) as queue, Crew(queue, folder, connection.settings_dict) as crew:
        sweeper = crew.start_sweeper()
        for _ in range(kills):
            worker = crew.start_worker()
            assert wait_for(is_at_work, within=40), "the worker never began a part"
            if not with_sweep and sweeper in crew.processes:
                crew.kill(sweeper)
            crew.kill(worker)
        crew.start_worker()
        finished = wait_for(is_done, within=patience)
    run.refresh_from_db()
    return run, finished


def test_a_run_whose_worker_is_killed_five_times_finds_what_an_undisturbed_one_finds(tmp_path):
    make_market()

    run, finished = run_under_fire(tmp_path, kills=KILLS, with_sweep=True, patience=60)

    assert finished, f"the run is still {run.status}"
    under_fire = found()
    assert (
        sum(RunPart.objects.filter(run=run).values_list("attempts", flat=True)) >= KILLS + run.parts.count()
    )
    assert run.pairs == len(under_fire)
    finish(runs.request_run(by=factories.BENCH))
    assert found() == under_fire


def test_without_the_sweep_a_killed_worker_leaves_its_run_unfinished(tmp_path):
    make_market(firms=3)

    _run, finished = run_under_fire(tmp_path, kills=1, with_sweep=False, patience=8)

    assert not finished
