"""Profiles of the demonstration are published as if two people had read them."""

import pytest
from django.utils import timezone

from companies.choices import ProfileStatus
from tests import factories
from tibs.demo.publishing import publish_told

pytestmark = pytest.mark.django_db


def test_somebody_abroad_read_it_and_the_company_said_yes(polish_company, aleksandra, johanna):
    factories.consent(polish_company)
    draft = factories.draft(polish_company)

    published = publish_told(profile=draft, by=factories.actor(aleksandra), now=timezone.now())

    assert published.status == ProfileStatus.PUBLISHED
    assert published.reviews.get().reader == johanna
    assert published.approvals.get().is_noted_by_broker
