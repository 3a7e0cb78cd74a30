"""Settings of a worker that has the wiring of these tests."""

from tibs.settings import *  # noqa: F403  # the settings of TIBS, with one other

EVENT_WIRING = "tests.events.wiring"
