"""Which profiles the counts of the catalogue count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from companies.catalogue.facets import counts_of
from companies.catalogue.search import Search, all_published
from companies.choices import Purpose
from companies.models import Consent, CooperationProfile
from companies.services.consents import withdraw_consent
from companies.services.profiles import withdraw_profile
from tests import factories
from tests.factories import BENCH


@pytest.fixture
def mixed(db):
    """Firms that agree, agreed anew, took it back, let it end, withdrew their profile or never said a word."""
    host = factories.host("PL")
    firms = [factories.company(f"Firm {number}", host=host) for number in range(6)]
    profiles = [factories.profile(firm) for firm in firms]
    anonymous = {"purpose": Purpose.PUBLISH_ANONYMOUS, "language": "en", "by": BENCH}
    withdraw_consent(company=firms[1], **anonymous)
    factories.consent(firms[1])
    withdraw_consent(company=firms[2], **anonymous)
    Consent.objects.filter(company=firms[3]).update(valid_until=timezone.now() - timedelta(minutes=1))
    withdraw_profile(profile=profiles[4], by=BENCH)
    CooperationProfile.objects.filter(pk=profiles[5].pk).update(expires_at=timezone.now() - timedelta(days=1))
    factories.public_facts(factories.company("Silent", host=host))
    return profiles


def test_they_are_the_published_ones(mixed):
    published = CooperationProfile.objects.published().order_by("pk")

    assert list(all_published().order_by("pk")) == list(published) == mixed[:2]
    assert counts_of(Search()).total == 2


def test_percent_sign_in_a_stored_search_is_a_plain_letter(mixed):
    assert counts_of(Search(type=("100%s",))).total == 0
    assert counts_of(Search(cooperation=("%",), q="oak %")).total == 0
