import pytest

from tests.matching.services.introductions import acting


@pytest.fixture
def people(db):
    return acting.cast()
