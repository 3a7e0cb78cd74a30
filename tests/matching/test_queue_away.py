"""A run that is planned while the queue is away waits for the sweep; it does not fail."""

import pytest
from kombu.exceptions import OperationalError

from matching import tasks
from matching.models import RunPart, RunStatus
from matching.services import runs
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_run_that_cannot_tell_its_parts_is_no_failed_run(market, monkeypatch):
    def away(*_args, **_options):
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.work_on_part, "apply_async", away)
    run = runs.request_run(by=factories.BENCH)

    tasks.advance_run(pk=run.pk)

    run.refresh_from_db()
    assert run.status == RunStatus.ENCODING
    assert RunPart.objects.filter(run=run, done_at=None).exists()
