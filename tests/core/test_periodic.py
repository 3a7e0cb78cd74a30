"""What beat sends."""

from celery.schedules import crontab

from tibs.celery import app
from tibs.wiring import PERIODIC


def test_a_periodic_message_is_void_when_the_next_one_comes():
    app.finalize()

    for task, when in PERIODIC:
        entry = app.conf.beat_schedule[task.name]
        assert entry["options"].get("expires") == (None if isinstance(when, crontab) else when)


def test_every_periodic_task_is_known_to_the_workers():
    app.finalize()

    assert {task.name for task, _ in PERIODIC} <= app.tasks.keys()
