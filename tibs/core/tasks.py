"""What every Celery task shares."""

from typing import Any

import celery
import structlog


class Task(celery.Task):  # type: ignore[type-arg]
    """A task whose log lines carry the id of the request that started it."""

    def apply_async(self, *args: Any, headers: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        headers = {**(headers or {}), **({"request_id": request_id} if request_id else {})}
        return super().apply_async(*args, headers=headers, **kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        bound = {"task": self.name, "request_id": getattr(self.request, "request_id", None) or "none"}
        with structlog.contextvars.bound_contextvars(**bound):
            return super().__call__(*args, **kwargs)
