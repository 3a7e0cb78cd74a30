import pytest

from tests.matching.introductions import acting


@pytest.fixture
def people(db):
    return acting.cast()
