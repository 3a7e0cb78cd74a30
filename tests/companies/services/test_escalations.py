"""Leads that nobody answered within two working days."""

from datetime import UTC, datetime, timedelta

import pytest

from companies.models import Company
from companies.services.escalations import escalate_unanswered
from companies.wording import lead_sentences
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 6, 9, 21, 59, 59, tzinfo=UTC)
LATER = DUE + timedelta(seconds=1)


@standing
def celina():
    """The coordinator of the Polish organisation."""
    return factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))


@standing
def lead(aleksandra):
    return factories.company(
        "Stolarnia Dąb", host=factories.host("PL"), answer_due_at=DUE, proposed_owner=aleksandra
    )


def test_coordinator_is_told_when_the_time_is_over(celina, lead):
    assert escalate_unanswered(now=DUE) == 0
    assert escalate_unanswered(now=LATER) == 1

    [(subject, words)] = letters_to(celina.email)
    assert "Stolarnia Dąb" in subject
    assert "Aleksandra Nowak" in words
    lead.refresh_from_db()
    assert lead.escalated_at == LATER
    assert lead_sentences(lead) == ["The coordinator was told on 9 June 2026 that nobody had answered."]


def test_coordinator_is_told_once(celina, lead):
    escalate_unanswered(now=LATER)
    escalate_unanswered(now=LATER + timedelta(days=1))

    assert len(letters_to(celina.email)) == 1
    assert AuditRecord.objects.filter(event="companies.lead.escalated").count() == 1


def test_lead_that_somebody_took_is_left_alone(celina, lead, aleksandra):
    Company.objects.filter(pk=lead.pk).update(owner=aleksandra)

    assert escalate_unanswered(now=LATER) == 0


def test_coordinators_of_other_organisations_hear_nothing(celina, lead):
    olli = factories.person("Olli Mäki", role=RoleCode.COORDINATOR, organisation=factories.host("FI"))

    escalate_unanswered(now=LATER)

    assert letters_to(olli.email) == []


def test_without_a_coordinator_the_administrators_are_told(lead):
    ott = factories.person("Ott Tamm", role=RoleCode.ADMINISTRATOR)

    escalate_unanswered(now=LATER)

    assert len(letters_to(ott.email)) == 1
