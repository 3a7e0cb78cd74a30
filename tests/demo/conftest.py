"""The story of the demonstration, told once for all tests that look at it."""

import pytest
from django.utils import timezone

from matching.engine.encoders import CharEncoder
from matching.services import parts, runs, vectors
from tests.matching.conftest import finish
from tests.standing_scenes import for_a_module
from tibs.demo.cast import TELLER, Cast
from tibs.demo.reviewing import review_matches
from tibs.demo.telling import SOURCE, tell


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """A small network, matched with the stand-in encoder; the moment in which it was told."""
    now = timezone.now()
    with for_a_module(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        stand_in = CharEncoder()
        patch.setattr(vectors, "encoder", lambda: stand_in)
        patch.setattr(vectors, "default_version", lambda: stand_in.version)
        parts._arrays.cache_clear()
        tell(now=now, is_small=True)
        finish(runs.request_run(by=TELLER))
        review_matches(Cast(SOURCE), now)
        yield now
