"""What is owed is delivered at least once, by one worker at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Lock

import pytest
from django.db import connection
from django.utils import timezone

from tests.events import wiring
from tests.events.conftest import BY
from tests.events.wiring import REFUSED, TOLD, times_told
from tests.queue import taken_from
from tibs.core.leases import MOST_ATTEMPTS
from tibs.events.models import Outbox
from tibs.events.models.outbox import OutboxQuerySet
from tibs.events.recording import record
from tibs.events.services import outbox


@pytest.fixture
def owed(person):
    record(TOLD, about=person, by=BY)
    return Outbox.objects.get()


@pytest.fixture
def refused(person):
    record(REFUSED, about=person, by=BY)
    return Outbox.objects.get()


def grow_old(row, seconds=60):
    Outbox.objects.filter(pk=row.pk).update(nudged_at=timezone.now() - timedelta(seconds=seconds))


def test_consumer_is_told_the_primary_key_of_the_subject(owed, person):
    assert outbox.deliver(owed.pk)

    owed.refresh_from_db()
    assert times_told(person.pk) == 1
    assert owed.done_at is not None


def test_message_that_comes_twice_is_delivered_once(owed, person):
    delivered = [outbox.deliver(owed.pk), outbox.deliver(owed.pk)]

    assert delivered == [True, False]
    assert times_told(person.pk) == 1


def test_row_that_does_not_exist_is_no_error(db):
    assert not outbox.deliver(1)


def test_failure_is_kept_with_its_reason(refused):
    assert not outbox.deliver(refused.pk)

    refused.refresh_from_db()
    assert (refused.attempts, refused.lease_until, refused.done_at) == (1, None, None)
    assert "not today" in refused.error


def test_three_failures_park_the_row(refused):
    for _ in range(MOST_ATTEMPTS + 2):
        outbox.deliver(refused.pk)

    refused.refresh_from_db()
    assert refused.attempts == MOST_ATTEMPTS
    assert list(Outbox.objects.parked()) == [refused]
    assert not Outbox.objects.waiting(timezone.now()).exists()


def test_consumer_that_takes_its_worker_down_is_parked_too(owed):
    for _ in range(MOST_ATTEMPTS):
        assert Outbox.objects.claim(owed.pk, timezone.now())
        Outbox.objects.filter(pk=owed.pk).update(lease_until=timezone.now() - timedelta(seconds=1))

    assert not outbox.deliver(owed.pk)


def test_consumer_that_is_no_longer_wired_is_parked_and_named(owed):
    Outbox.objects.filter(pk=owed.pk).update(consumer="tests.gone")

    for _ in range(MOST_ATTEMPTS):
        outbox.deliver(owed.pk)

    owed.refresh_from_db()
    assert "tests.gone" in owed.error
    assert list(Outbox.objects.parked()) == [owed]


def test_sweep_asks_again_for_what_was_forgotten(owed):
    grow_old(owed)

    assert outbox.sweep() == 1

    [message] = taken_from("matching")
    assert message.payload[1] == {"outbox_id": owed.pk}


def test_sweep_leaves_fresh_rows_to_their_first_message(owed):
    assert outbox.sweep() == 0


def test_sweep_does_not_ask_twice_in_a_row(owed):
    grow_old(owed)

    assert [outbox.sweep(), outbox.sweep()] == [1, 0]


@pytest.mark.parametrize("state", ["done", "claimed", "parked"])
def test_sweep_leaves_rows_that_need_nobody(owed, state):
    grow_old(owed)
    later = timezone.now() + timedelta(seconds=60)
    values = {"done": {"done_at": later}, "claimed": {"lease_until": later}, "parked": {"attempts": 3}}
    Outbox.objects.filter(pk=owed.pk).update(**values[state])

    assert outbox.sweep() == 0


def test_lease_of_a_dead_worker_ends(owed, person):
    Outbox.objects.claim(owed.pk, timezone.now() - timedelta(hours=1))

    assert outbox.deliver(owed.pk)
    assert times_told(person.pk) == 1


def deliver_in_two_threads(row, monkeypatch):
    """How often the consumer ran when two workers got the same message at the same moment."""
    both_here, counted, times = Barrier(2), Lock(), [0]

    def count(*, pk, **_):
        with counted:
            times[0] += 1

    def work():
        both_here.wait(10)
        outbox.deliver(row.pk)
        connection.close()

    monkeypatch.setattr(wiring.tell, "run", count)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work), pool.submit(work)]:
            done.result(timeout=20)
    return times[0]


@pytest.mark.django_db(transaction=True)
def test_row_claimed_by_two_workers_at_once_is_delivered_once(owed, monkeypatch):
    assert deliver_in_two_threads(owed, monkeypatch) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_conditional_update_it_would_be_delivered_twice(owed, monkeypatch):
    both_read = Barrier(2)

    def read_then_write(rows, pk, now):
        is_free = rows.waiting(now).filter(pk=pk).exists()
        both_read.wait(10)
        return rows.filter(pk=pk).update(attempts=1) if is_free else 0

    monkeypatch.setattr(OutboxQuerySet, "claim", read_then_write)

    assert deliver_in_two_threads(owed, monkeypatch) == 2
