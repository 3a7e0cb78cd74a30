"""Twenty brokers publish at the same moment, each over a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from companies.models import CooperationProfile
from companies.services import publishing
from tests import factories
from tests.publishing import made_ready

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 20
PATIENCE = 60


def publish_together(start):
    """Publish twenty drafts at once; gives the references, or None for a publication that failed."""
    drafts = [_ready(number) for number in range(TOGETHER)]

    def publish(draft):
        try:
            start.wait(PATIENCE)
            return publishing.publish_profile(profile=draft, by=factories.BENCH).reference
        except IntegrityError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(publish, drafts))


def _ready(number):
    """A draft of a firm of its own: publications of one firm wait for each other anyway."""
    company = factories.company(f"Firma {number}", host=factories.host("PL"))
    factories.consent(company)
    return made_ready(factories.draft(company))


def test_each_of_twenty_simultaneous_publications_has_its_own_reference():
    references = publish_together(Barrier(TOGETHER))

    assert None not in references
    assert len(set(references)) == TOGETHER
    assert sorted(int(reference[-3:]) for reference in references) == list(range(1, TOGETHER + 1))
    assert CooperationProfile.objects.published().count() == TOGETHER


def test_without_the_lock_they_would_take_the_same(monkeypatch):
    """The control: whoever reads at the same moment counts to the same number, and the constraint refuses it."""
    everybody_is_here = Barrier(TOGETHER)

    @contextmanager
    def no_lock(_name):
        everybody_is_here.wait(PATIENCE)
        yield

    monkeypatch.setattr(publishing, "one_at_a_time", no_lock)

    references = publish_together(Barrier(TOGETHER))

    assert references.count(None) > 0
