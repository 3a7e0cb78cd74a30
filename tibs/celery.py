"""The Celery application. State lives in PostgreSQL; the queue only carries nudges and may vanish."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, worker_init, worker_process_init
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tibs.settings")

# A worker that is told no queues takes from all of them.
QUEUES = ("events", "matching")
VISIBILITY_SECONDS = 900  # longer than any task may run: after that, an unanswered message is told again


def queue_of(name: str, args: Any, kwargs: Any, options: Any, task: Any = None, **_: Any) -> dict[str, str]:
    """The queue that the task was declared with."""
    return {"queue": getattr(task, "lane", QUEUES[0])}


app = Celery("tibs", task_cls="tibs.core.tasks:Task")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_queues=[Queue(name) for name in QUEUES],
    task_default_queue=QUEUES[0],
    task_routes=(queue_of,),
    task_create_missing_queues=False,
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=10,
    # A process loads the text encoder before it says that it is there; on a busy machine that takes a while.
    worker_proc_alive_timeout=60,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        "unacked_restore_throttle": 1,  # look every ten seconds, not every hundred
        # Find out soon that the queue is away: the sweep finds again what could not be said.
        "socket_connect_timeout": 0.5,
        "socket_timeout": 3,
        "max_retries": 1,
        "interval_start": 0,
    },
    visibility_timeout=VISIBILITY_SECONDS,
    task_publish_retry=False,
)
app.autodiscover_tasks()


@setup_logging.connect  # Celery would replace Django's logging otherwise
def keep_django_logging(**_: Any) -> None:
    """Celery leaves logging alone when something listens here."""


@worker_init.connect
def load_before_the_fork(**_: Any) -> None:
    """Letters and notices need addresses and templates: read once, and all processes of the worker have them."""
    from tibs.core.warming import load_pages

    load_pages()


@worker_process_init.connect
def load_after_the_fork(**_: Any) -> None:
    """The first change of a profile does not wait for the encoder."""
    from matching.services.vectors import load_encoder

    load_encoder()


@app.on_after_finalize.connect
def add_periodic_tasks(sender: Celery, **_: Any) -> None:
    """Beat's schedule comes from the wiring, so that no task is named by a string."""
    from tibs.wiring import PERIODIC

    for task, when in PERIODIC:
        # While no worker runs, messages do not pile up: each is void when the next one comes.
        lifetime = None if isinstance(when, crontab) else when
        sender.add_periodic_task(when, task.s(), name=task.name, expires=lifetime)
