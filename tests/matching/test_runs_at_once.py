"""Many workers at one run: each part is done once, and is kept by whoever works on it."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from matching.models import RunPart
from matching.services import runs
from tests import factories
from tests.matching.conftest import make_market
from tests.waiting import eventually
from tibs.core.leases import kept_alive


@pytest.mark.django_db(transaction=True)
def test_the_lease_of_a_long_part_is_renewed_while_the_work_goes_on(settings):
    settings.LEASE_SECONDS = 0.3
    make_market(firms=2)
    run = runs.request_run(by=factories.BENCH)
    part = runs.advance(run.pk)[0]
    token = RunPart.objects.claim(part, timezone.now())
    before = RunPart.objects.get(pk=part).lease_until

    with kept_alive(RunPart.objects.all(), part, token):
        renewed = eventually(lambda: RunPart.objects.get(pk=part).lease_until > before)

    assert renewed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False], ids=["claimed", "without the claim"])
def test_many_workers_do_a_part_once(is_guarded, monkeypatch):
    """The control without the conditional update shows that the test can fail."""
    make_market(firms=2)
    run = runs.request_run(by=factories.BENCH)
    part = runs.advance(run.pk)[0]
    done, together = [], threading.Barrier(8)
    if not is_guarded:
        monkeypatch.setattr("matching.services.parts.RunPart.objects.claim", lambda pk, now: 1)

    def work():
        together.wait()
        if RunPart.objects.claim(part, timezone.now()):
            done.append(1)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(done) == 1) is is_guarded
