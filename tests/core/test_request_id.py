"""One id follows a request through its answer, its log lines and the tasks that it started."""

import io
import json
import logging

import pytest
import structlog

from tests.queue import taken_from
from tibs.core.logs import logging_config
from tibs.core.tasks import Task
from tibs.events.tasks import seal_audit, sweep_outbox


@pytest.fixture
def queued():
    """Headers of the messages that were published since the test began."""
    taken_from("events")
    return lambda: [message.headers for message in taken_from("events")]


@pytest.fixture
def log_lines():
    """What production would have written, line by line."""
    config = logging_config("INFO", as_json=True)
    formatter = config["formatters"]["structured"]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter["()"](**{k: v for k, v in formatter.items() if k != "()"}))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.urls("tests.core.urls")
def test_task_message_carries_the_id_of_the_request(client, queued):
    answer = client.get("/queue")

    [headers] = queued()
    assert headers["task"] == sweep_outbox.name
    assert headers["request_id"] == answer.headers["X-Request-Id"]


def test_task_message_that_no_request_started_carries_no_id(queued):
    sweep_outbox.delay()

    [headers] = queued()
    assert "request_id" not in headers


def test_task_keeps_the_headers_that_it_was_given(queued):
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        seal_audit.apply_async(headers={"why": "test"})

    [headers] = queued()
    assert (headers["request_id"], headers["why"]) == ("r1", "test")


def test_every_task_of_ours_is_of_the_kind_that_carries_the_id():
    assert isinstance(sweep_outbox, Task)
    assert hasattr(sweep_outbox, "delay_on_commit")


def test_log_lines_of_a_task_carry_the_id_of_its_message(log_lines, monkeypatch):
    monkeypatch.setattr(sweep_outbox, "run", lambda **_: structlog.get_logger("a").warning("working"))

    sweep_outbox.apply(headers={"request_id": "r2"})

    [line] = [line for line in log_lines() if line["event"] == "working"]
    assert line["request_id"] == "r2"
    assert line["task"] == "tibs.events.tasks.sweep_outbox"


def test_task_called_inside_another_keeps_the_id(log_lines, monkeypatch):
    monkeypatch.setattr(seal_audit, "run", lambda **_: structlog.get_logger("a").warning("inner"))
    monkeypatch.setattr(sweep_outbox, "run", lambda **_: seal_audit())

    sweep_outbox.apply(headers={"request_id": "r3"})

    [line] = [line for line in log_lines() if line["event"] == "inner"]
    assert line["request_id"] == "r3"


@pytest.mark.urls("tests.core.urls")
def test_log_line_of_an_error_carries_the_id_and_one_traceback(client, log_lines):
    client.raise_request_exception = False

    answer = client.get("/fail")

    [line] = [line for line in log_lines() if line["logger"] == "django.request"]
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert "nobody expected this" in line["exception"]
    assert "exc_info" not in line


def test_line_break_in_a_text_cannot_forge_a_line(log_lines):
    logging.getLogger("a").warning('before\n{"event": "forged"}\x1b[2J')

    assert [line["event"] for line in log_lines()] == ['before\n{"event": "forged"}\x1b[2J']
