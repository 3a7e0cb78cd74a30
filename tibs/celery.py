"""The Celery application. State lives in PostgreSQL; the queue only carries nudges and may vanish."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tibs.settings")

app = Celery("tibs", task_cls="tibs.core.tasks:Task")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_default_queue="events",
    task_create_missing_queues=True,
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=10,
    broker_connection_retry_on_startup=True,
    # Half a second to find out that the queue is away: the sweep delivers what could not be said.
    broker_transport_options={"visibility_timeout": 600, "socket_connect_timeout": 0.5, "max_retries": 1},
    task_publish_retry=False,
)
app.autodiscover_tasks()


@setup_logging.connect  # Celery would replace Django's logging otherwise
def keep_django_logging(**_: Any) -> None:
    """Celery leaves logging alone when something listens here."""


@app.on_after_finalize.connect
def add_periodic_tasks(sender: Celery, **_: Any) -> None:
    """Beat's schedule comes from the wiring, so that no task is named by a string."""
    from tibs.wiring import PERIODIC

    for task, seconds in PERIODIC:
        sender.add_periodic_task(seconds, task.s(), name=task.name)
