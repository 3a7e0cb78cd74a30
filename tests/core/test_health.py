"""What a load balancer asks."""

from contextlib import contextmanager

import pytest
from celery import current_app
from django.db import OperationalError, connection, connections
from redis.exceptions import ConnectionError as RedisConnectionError

from tibs.core import heartbeat, views
from tibs.core.tasks import beat_heart


@pytest.fixture
def no_database(monkeypatch, django_db_blocker):
    """A database that refuses connections."""

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(type(connections["default"]), "connect", refuse)
    connections["default"].close()
    with django_db_blocker.unblock():
        yield


class AwayCache:
    """A cache where nobody listens."""

    def get(self, key):
        raise RedisConnectionError("connection refused")


@contextmanager
def broker_at(address):
    before = current_app.conf.broker_url
    current_app.conf.broker_url = address
    try:
        yield
    finally:
        current_app.conf.broker_url = before


@pytest.mark.django_db
def test_ready_says_that_every_part_answers(client):
    beat_heart()

    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "queue": "ok", "workers": "ok"}


@pytest.mark.django_db
def test_ready_is_degraded_while_no_worker_ever_spoke(client):
    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "database": "ok", "queue": "ok", "workers": "silent"}


@pytest.mark.django_db
def test_ready_tells_how_long_beat_or_workers_have_been_silent(client, monkeypatch):
    clock = {"now": 1_000_000.0}
    monkeypatch.setattr(heartbeat.time, "time", lambda: clock["now"])
    beat_heart()
    clock["now"] += heartbeat.LATE - 1
    assert client.get("/health/ready").json()["workers"] == "ok"

    clock["now"] += 1

    assert client.get("/health/ready").json()["workers"] == "silent for 120 s"


def test_live_asks_nothing_of_the_database(client):
    answer = client.get("/health/live")

    assert answer.json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_only_degrades_without_a_queue(client):
    with broker_at("redis+socket:///nowhere/valkey.sock"):
        answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["queue"]) == ("degraded", "unreachable")


@pytest.mark.django_db
def test_ready_only_degrades_without_a_cache(client, monkeypatch):
    monkeypatch.setattr(views, "cache", AwayCache())
    monkeypatch.setattr(heartbeat, "cache", AwayCache())

    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert (answer.json()["queue"], answer.json()["workers"]) == ("unreachable", "unknown")


def test_ready_is_503_and_never_500_without_a_database(client, no_database):
    client.cookies["tibs_session"] = "a-session-that-nobody-can-look-up"

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert (answer.json()["status"], answer.json()["database"]) == ("down", "unreachable")


def test_live_answers_when_everything_else_is_away(client, no_database):
    client.cookies["tibs_session"] = "a-session-that-nobody-can-look-up"

    with broker_at("redis+socket:///nowhere/valkey.sock"):
        answer = client.get("/health/live")

    assert answer.status_code == 200


@pytest.mark.django_db
def test_ready_is_503_while_migrations_wait(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core'")

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["database"] == "migrations pending"
