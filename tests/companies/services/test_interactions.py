"""The contact log."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from companies.models import Company, Interaction, NextStep
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.interactions import change_interaction, log_interaction
from companies.services.next_steps import Step
from tests import factories
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.events.models import AuditRecord


@standing
def ana(aleksandra):
    return factories.actor(aleksandra)


def visit(**values):
    return {
        "at": timezone.now(),
        "channel": "visit",
        "hours": Decimal("1.5"),
        "support": "diagnosis",
        "language": "pl",
        "people": "Eva Kask, Aleksandra Nowak",
        "content": "Saw the saw mill.",
    } | values


def test_a_contact_is_kept_with_its_hours_and_kind(ana, aleksandra, polish_company):
    entry = log_interaction(company=polish_company, values=visit(), by=ana)

    kept = Interaction.objects.get()
    assert (kept.channel, kept.hours, kept.support, kept.made_by) == (
        "visit",
        Decimal("1.5"),
        "diagnosis",
        aleksandra,
    )
    assert AuditRecord.objects.filter(subject_id=str(entry.pk)).get().facts == {
        "channel": "visit",
        "support": "diagnosis",
    }


def test_the_audit_record_holds_no_word_of_the_talk(ana, polish_company):
    log_interaction(company=polish_company, values=visit(content="Secret"), by=ana)

    assert "Secret" not in str(list(AuditRecord.objects.values()))


def test_contact_and_next_step_go_together(ana, polish_company):
    log_interaction(
        company=polish_company, values=visit(), by=ana, then=Step("Send notes", timezone.localdate())
    )

    assert NextStep.objects.get(company=polish_company).what == "Send notes"


def test_the_first_contact_stops_the_clock(ana, polish_company):
    Company.objects.filter(pk=polish_company.pk).update(answer_due_at=timezone.now())

    log_interaction(company=polish_company, values=visit(), by=ana)

    polish_company.refresh_from_db()
    assert polish_company.answer_due_at is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"hours": Decimal("24.5")}, None),
        ({"hours": Decimal("-1")}, None),
        ({"channel": "telepathy"}, "channel"),
        ({"support": ""}, "support"),
        ({"content": "x" * 4001}, "content"),
        ({"at": timezone.now() + timedelta(days=2)}, "at"),
    ],
)
def test_what_does_not_fit_is_refused(ana, polish_company, values, field):
    with pytest.raises(BadInputError) as refused:
        log_interaction(company=polish_company, values=visit(**values), by=ana)

    assert field is None or field in refused.value.fields
    assert not Interaction.objects.exists()


def test_a_correction_names_the_fields_it_changed(ana, polish_company):
    entry = log_interaction(company=polish_company, values=visit(), by=ana)

    change_interaction(entry=entry, values={"hours": Decimal("2")}, version=1, by=ana)

    entry.refresh_from_db()
    assert (entry.hours, entry.version) == (Decimal("2"), 2)
    assert AuditRecord.objects.get(event="companies.interaction.changed").fields == ["hours"]


def test_a_correction_of_an_old_version_is_refused_with_the_new_one(ana, polish_company):
    entry = log_interaction(company=polish_company, values=visit(), by=ana)
    change_interaction(entry=entry, values={"people": "Eva"}, version=1, by=ana)

    with pytest.raises(ChangedMeanwhileError) as refused:
        change_interaction(entry=entry, values={"people": "Adam"}, version=1, by=ana)

    assert refused.value.current.people == "Eva"


def test_strangers_log_nothing(johanna, polish_company):
    with pytest.raises(NotAllowedError):
        log_interaction(company=polish_company, values=visit(), by=factories.actor(johanna))
