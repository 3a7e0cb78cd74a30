"""Nudges through a real Celery worker: a process of its own, on the queue and the database of the tests."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.events.conftest import BY
from tests.events.wiring import REFUSED, TOLD, times_told
from tests.waiting import eventually
from tibs.events.models import Outbox
from tibs.events.recording import record
from tibs.events.tasks import sweep_outbox

pytestmark = pytest.mark.django_db(transaction=True)


def environment():
    """That of a process which uses the database of this test."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {
        "DATABASE_URL": database.geturl(),
        "REMAP_SIGTERM": "SIGQUIT",
    }


@pytest.fixture(scope="module")
def worker(tmp_path_factory, django_db_setup):
    """A worker with one child process; it is asked to end with these tests."""
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    options = ["--concurrency=1", "--without-mingle", "--without-gossip", "--loglevel=INFO"]
    command = [sys.executable, "-m", "celery", "-A", "tests.events.worker_app", "worker", *options]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment(), stdout=output, stderr=subprocess.STDOUT
        )
    process.log = log
    yield process
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def is_done():
    return Outbox.objects.filter(done_at=None).count() == 0


def is_done_but_one_that_failed():
    return ["not today" in message.error for message in Outbox.objects.filter(done_at=None)] == [True]


def test_worker_delivers_what_was_recorded(worker, person):
    record(TOLD, about=person, by=BY)

    assert eventually(is_done, within=30), worker.log.read_text()
    assert times_told(person.pk) == 1


def test_message_lost_between_commit_and_queue_is_swept(worker, person):
    lost = subprocess.run(
        [sys.executable, "-m", "tests.events.lose_message"],
        cwd=settings.BASE_DIR,
        env=environment(),
        timeout=60,
    )
    owed = Outbox.objects.get()
    before = (lost.returncode, owed.attempts, owed.done_at)
    Outbox.objects.update(nudged_at=timezone.now() - timedelta(minutes=1))

    sweep_outbox.delay()

    assert before == (9, 0, None)
    assert eventually(is_done, within=30), worker.log.read_text()
    assert times_told(person.pk) == 1


def test_worker_keeps_the_reason_of_a_failure_and_goes_on(worker, person):
    record(REFUSED, about=person, by=BY)
    record(TOLD, about=person, by=BY)

    assert eventually(is_done_but_one_that_failed, within=30), worker.log.read_text()
    assert times_told(person.pk) == 1
