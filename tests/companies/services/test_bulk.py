"""Changing many companies at once, and taking it back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from companies.choices import Stage
from companies.models import BulkChange, Company, NextStep
from companies.services import bulk
from companies.services.bulk import (
    SomeRefusedError,
    hand_over_many,
    move_many,
    set_step_for_many,
    undo,
)
from companies.services.next_steps import Step, set_next_step
from companies.services.ownership import hand_over
from companies.services.stages import move_stage
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord

CALL = Step("Call Eva", date(2026, 10, 1))
VISIT = Step("Visit the factory", date(2026, 11, 1))


@standing
def ana(aleksandra):
    return factories.actor(aleksandra)


@standing
def jan(aleksandra):
    """A colleague of Aleksandra."""
    return factories.person("Jan Kos", organisation=factories.host("PL"))


@standing
def leads(aleksandra):
    """Three leads that Aleksandra has taken."""
    host = factories.host("PL")
    return [
        factories.company(f"Tartak {number}", host=host, owner=aleksandra, stage="lead")
        for number in range(3)
    ]


def stages():
    return set(Company.objects.filter(name__startswith="Tartak").values_list("stage", flat=True))


def test_all_companies_move_and_each_tells_it(ana, leads):
    change = move_many(companies=leads, to=Stage.SCREENING, by=ana)

    assert stages() == {"screening"}
    assert set(change.after) == {company.public_id for company in leads}
    assert AuditRecord.objects.filter(event="companies.stage.changed").count() == 3
    assert AuditRecord.objects.get(event="companies.bulk.changed").facts == {"kind": "move", "number": 3}


def test_one_refusal_leaves_everything_as_it_was(ana, aleksandra, leads):
    active = factories.company("Tartak X", host=factories.host("PL"), owner=aleksandra)

    with pytest.raises(SomeRefusedError) as refused:
        move_many(companies=[*leads, active], to=Stage.SCREENING, by=ana)

    assert [company.name for company, _error in refused.value.refusals] == ["Tartak X"]
    assert stages() == {"lead", "active"}
    assert not BulkChange.objects.exists()
    assert not AuditRecord.objects.filter(event="companies.stage.changed").exists()


def test_strangers_change_nothing(johanna, leads):
    with pytest.raises(SomeRefusedError) as refused:
        move_many(companies=leads, to=Stage.SCREENING, by=factories.actor(johanna))

    assert {type(error) for _company, error in refused.value.refusals} == {NotAllowedError}
    assert stages() == {"lead"}


def test_a_move_is_taken_back_with_its_day_and_its_next_step(ana, leads):
    long_ago = timezone.now() - timedelta(days=40)
    Company.objects.update(stage_changed_at=long_ago)
    step = set_next_step(company=leads[0], step=CALL, by=ana)
    change = move_many(companies=leads, to=Stage.WITHDRAWN, reason="They closed.", by=ana)

    undone = undo(change=change, by=ana)

    leads[0].refresh_from_db()
    step.refresh_from_db()
    assert undone.restored == leads
    assert stages() == {"lead"}
    assert leads[0].stage_changed_at == long_ago
    assert step.done_at is None


def test_what_somebody_moved_since_stays(ana, leads):
    change = move_many(companies=leads, to=Stage.SCREENING, by=ana)
    move_stage(company=leads[1], to=Stage.LEAD, by=ana)

    undone = undo(change=change, by=ana)

    assert undone.restored == [leads[0], leads[2]]
    assert undone.left == [leads[1]]


def test_a_change_is_taken_back_once(ana, leads):
    change = move_many(companies=leads, to=Stage.SCREENING, by=ana)
    undo(change=change, by=ana)

    with pytest.raises(WrongStateError):
        undo(change=change, by=ana)


def test_only_who_made_a_change_takes_it_back(ana, jan, leads):
    change = move_many(companies=leads, to=Stage.SCREENING, by=ana)

    with pytest.raises(NotAllowedError):
        undo(change=change, by=factories.actor(jan))


def test_a_colleague_gets_one_letter_for_many_companies(ana, jan, leads):
    hand_over_many(companies=leads, to=jan, note="While I am away", by=ana)

    [(subject, words)] = letters_to(jan.email)
    assert subject == "3 companies are now in your care"
    assert "While I am away" in words
    assert set(Company.objects.values_list("owner", flat=True)) == {jan.pk}


def test_a_hand_over_is_taken_back_but_not_from_a_third_person(ana, aleksandra, jan, leads):
    third = factories.person("Ewa Lis", organisation=factories.host("PL"))
    change = hand_over_many(companies=leads, to=jan, by=ana)
    hand_over(company=leads[0], to=third, by=factories.actor(jan))

    undone = undo(change=change, by=ana)

    assert undone.left == [leads[0]]
    assert {company.owner for company in undone.restored} == {aleksandra}


def test_nothing_goes_back_to_somebody_who_left_or_to_a_firm_that_was_erased(ana, aleksandra, jan, leads):
    change = hand_over_many(companies=leads, to=jan, by=ana)
    Company.objects.filter(pk=leads[0].pk).update(erased_at=timezone.now())
    aleksandra.memberships.update(ended_at=timezone.now())
    other = factories.person("Ewa Lis", organisation=factories.host("DE"))
    factories.member(other, factories.host("PL"))
    BulkChange.objects.update(made_by=other)

    undone = undo(change=change, by=factories.actor(other))

    assert (undone.restored, undone.left) == ([], leads)
    assert set(Company.objects.values_list("owner", flat=True)) == {jan.pk}


def test_a_lead_of_nobody_that_moved_on_keeps_its_broker(ana, jan):
    lead = factories.company("Tartak", host=factories.host("PL"))
    change = hand_over_many(companies=[lead], to=jan, by=ana)
    move_stage(company=lead, to=Stage.SCREENING, by=ana)

    undone = undo(change=change, by=ana)

    assert undone.left == [lead]


def test_a_next_step_for_many_ends_the_ones_before(ana, leads):
    before = set_next_step(company=leads[0], step=CALL, by=ana)

    change = set_step_for_many(companies=leads, step=VISIT, by=ana)

    before.refresh_from_db()
    assert before.done_at
    assert NextStep.objects.filter(done_at=None, what="Visit the factory").count() == 3
    undo(change=change, by=ana)
    assert NextStep.objects.get(done_at=None) == before


def test_a_next_step_that_was_changed_since_stays(ana, leads):
    change = set_step_for_many(companies=leads, step=VISIT, by=ana)
    set_next_step(company=leads[0], step=CALL, by=ana)

    undone = undo(change=change, by=ana)

    assert undone.left == [leads[0]]
    assert NextStep.objects.get(done_at=None).what == "Call Eva"


def test_words_of_people_are_not_kept_twice(ana, leads):
    set_next_step(company=leads[0], step=CALL, by=ana)

    change = set_step_for_many(companies=leads, step=VISIT, by=ana)

    assert "Eva" not in f"{change.before}{change.after}"


def test_nothing_and_too_much_are_refused(ana, leads, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 2)

    for chosen in ([], leads):
        with pytest.raises(BadInputError):
            move_many(companies=chosen, to=Stage.SCREENING, by=ana)
