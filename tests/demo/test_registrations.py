"""Firms that come in during the demonstration."""

from datetime import UTC, datetime

import pytest

from brokers.services import reference_data
from companies.choices import RegistrationStatus
from companies.models import Company, Registration
from companies.services.escalations import unanswered
from tests import factories
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.demo.registrations import tell_registrations

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 3, 9, tzinfo=UTC)


def test_story_has_leads_one_unanswered_and_registrations_in_every_state():
    reference_data.load()
    User.objects.create_user("staff@tibs.example", name="Staff", platform_role=RoleCode.STAFF)

    tell_registrations(now=NOW, by=factories.BENCH)

    assert Company.objects.exclude(region=None).count() == 4
    assert [company.name for company in unanswered(NOW)] == ["Koiva Puit OÜ"]
    assert set(Registration.objects.values_list("status", flat=True)) == set(RegistrationStatus)
    assert Registration.objects.get(status=RegistrationStatus.HELD).hold_reason == "many_links"
