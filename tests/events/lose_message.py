"""A process that commits a change and is gone before it can tell the queue."""

import os

import django

django.setup()

from tests.events import worker_app  # noqa: E402, F401  # the wiring of these tests
from tests.events.conftest import BY  # noqa: E402  # after the setup
from tests.events.wiring import TOLD  # noqa: E402
from tibs.accounts.models import User  # noqa: E402
from tibs.events import dispatch, recording  # noqa: E402

dispatch.deliver_soon = lambda owed: os._exit(9)
recording.record(TOLD, about=User.objects.get(), by=BY)
