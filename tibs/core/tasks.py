"""What every Celery task shares, and the sign of life of beat and workers."""

from typing import TYPE_CHECKING, Any

import structlog
from celery import shared_task
from celery.contrib.django.task import DjangoTask

from tibs.core import heartbeat

if TYPE_CHECKING:
    AnyTask = DjangoTask[Any, Any]
else:
    AnyTask = DjangoTask


class Task(AnyTask):
    """A task whose log lines carry the id of the request that started it.

    `lane` is the queue of `@shared_task(queue=…)`, which Celery itself wants to hear from its router only.
    """

    lane = "events"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "queue" in cls.__dict__:
            cls.lane = cls.__dict__["queue"]
            delattr(cls, "queue")

    def apply_async(self, *args: Any, headers: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        headers = {**(headers or {}), **({"request_id": request_id} if request_id else {})}
        return super().apply_async(*args, headers=headers, **kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        request_id = (self.request.headers or {}).get("request_id")
        bound = {"task": self.name, **({"request_id": request_id} if request_id else {})}
        with structlog.contextvars.bound_contextvars(**bound):
            return super().__call__(*args, **kwargs)


@shared_task(queue="events", time_limit=10)
def beat_heart(**_: Any) -> None:
    heartbeat.beat()
