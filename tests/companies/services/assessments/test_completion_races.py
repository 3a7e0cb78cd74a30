"""An assessment that is completed while a profile of its company is being published."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from companies.services.assessments import completing
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.starting import repeat_assessment
from companies.services.publishing import publish_profile
from tests import factories
from tests.publishing import made_ready
from tests.standing_scenes import standing
from tests.waiting import eventually, somebody_waits_for_us
from tibs.core.errors import WrongStateError

pytestmark = pytest.mark.django_db(transaction=True)


@standing
def repeated(assessment, answer_golden, broker):
    """The second assessment of the firm, still open: freight blocks procurement now."""
    first = complete_assessment(assessment=answer_golden(assessment), by=broker)
    second = repeat_assessment(assessment=first, by=broker)
    return answer_golden(second, {("PRC", "B_FREIGHT"): 4})


@pytest.fixture
def ready(repeated, polish_company):
    factories.consent(polish_company)
    return made_ready(factories.draft(polish_company, area="PRC"))


def published_during_completion(assessment, profile, by):
    """Whether a profile is published by the assessment before while the next one is being completed."""
    is_completed, is_over = Event(), Event()

    def complete():
        try:
            with transaction.atomic():
                complete_assessment(assessment=assessment, by=by)
                is_completed.set()
                assert eventually(lambda: is_over.is_set() or somebody_waits_for_us())
        finally:
            connection.close()

    def publish():
        try:
            is_completed.wait(10)
            publish_profile(profile=profile, by=by)
        except WrongStateError:
            return False
        else:
            return True
        finally:
            is_over.set()
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        published = pool.submit(publish)
        pool.submit(complete).result()
        return published.result()


def test_no_profile_is_published_past_a_barrier_that_is_just_being_found(repeated, ready, broker):
    assert not published_during_completion(repeated, ready, broker)


def test_without_the_lock_of_the_company_it_would_be_published(monkeypatch, repeated, ready, broker):
    """The control."""
    monkeypatch.setattr(completing, "open_file", lambda company, _by: company)

    assert published_during_completion(repeated, ready, broker)
