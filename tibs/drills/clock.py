"""The clock of a drill: beat's sweeps, every two seconds instead of every fifteen."""

import time

import django

django.setup()

from kombu.exceptions import KombuError  # noqa: E402  # after the setup
from redis.exceptions import RedisError  # noqa: E402

from matching.tasks import sweep_runs  # noqa: E402
from tibs.celery import app  # noqa: E402
from tibs.events.tasks import sweep_outbox  # noqa: E402

EVERY = 2.0
__all__ = ["app"]

if __name__ == "__main__":
    while True:
        try:
            sweep_runs.apply_async(expires=EVERY)
            sweep_outbox.apply_async(expires=EVERY)
        except (KombuError, RedisError, OSError):
            pass  # the next one is told to the queue that is back by then
        time.sleep(EVERY)
