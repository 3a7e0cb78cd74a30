"""Reminding a company that something waits for it."""

from datetime import date

import pytest

from companies.choices import WaitsFor
from companies.services.next_steps import Step, set_next_step
from companies.services.reminders import remind_company
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.core.errors import NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord


@standing
def ana(aleksandra):
    return factories.actor(aleksandra)


@standing
def waiting(polish_company):
    """The firm owes its broker something; the firm's person is its `contact`."""
    step = Step("Sign, or we drop them", date(2026, 10, 1), WaitsFor.COMPANY)
    set_next_step(company=polish_company, step=step, by=factories.BENCH)
    polish_company.contact = factories.contact(polish_company)
    return polish_company


def test_the_main_contact_gets_a_letter_without_working_notes(ana, waiting):
    assert remind_company(company=waiting, by=ana) == waiting.contact

    [(subject, words)] = letters_to(waiting.contact.email)
    assert subject == "Your broker waits for an answer from Stolarnia Dąb"
    assert "Aleksandra Nowak" in words
    assert f"/mine/{waiting.public_id}/messages/" in words
    assert "drop" not in words
    assert AuditRecord.objects.filter(event="companies.company.reminded").count() == 1


def test_a_second_letter_on_the_same_day_is_refused(ana, waiting):
    remind_company(company=waiting, by=ana)

    with pytest.raises(WrongStateError):
        remind_company(company=waiting, by=ana)


def test_nobody_is_reminded_without_a_reason(ana, polish_company):
    with pytest.raises(WrongStateError):
        remind_company(company=polish_company, by=ana)


def test_a_company_without_a_contact_cannot_be_reminded(ana, waiting):
    waiting.contacts.all().delete()

    with pytest.raises(WrongStateError):
        remind_company(company=waiting, by=ana)


def test_strangers_remind_nobody(johanna, waiting):
    with pytest.raises(NotAllowedError):
        remind_company(company=waiting, by=factories.actor(johanna))
