"""What a process runs that has the wiring of these tests instead of that of TIBS."""

from django.conf import settings

from tibs.celery import app

__all__ = ["app"]

settings.EVENT_WIRING = "tests.events.wiring"
