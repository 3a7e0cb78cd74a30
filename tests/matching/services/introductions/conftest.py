import os

import pytest

from tests.matching.services.introductions import acting
from tests.standing_scenes import standing


@standing
def people():
    return acting.cast()


@pytest.fixture
def rounds():
    """How often a race is run: a few times in the suite, and as often as `TIBS_ROUNDS` says."""
    return int(os.environ.get("TIBS_ROUNDS", "20"))
