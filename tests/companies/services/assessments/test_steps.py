"""The steps of an action plan, which two brokers may have in their hands at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from django.db import connection, transaction

from companies.models import ActionStep
from companies.services.assessments import steps
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.starting import repeat_assessment
from companies.services.assessments.steps import (
    add_step,
    carry_over_step,
    change_step,
    finish_step,
    remove_step,
    reopen_step,
)
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.publishing import publish_profile, take_back_profile
from tests import factories
from tests.companies.assessments.sheets import V1
from tests.publishing import made_ready
from tests.standing_scenes import standing
from tests.waiting import eventually, somebody_waits_for_us
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord


@standing
def completed(assessment, answer_golden, broker):
    """Procurement is recommended, and freight blocks it."""
    answer_golden(assessment, {("PRC", "B_FREIGHT"): 4})
    return complete_assessment(
        assessment=assessment, by=broker, chosen_area="PRC", reason="Agreed on the visit."
    )


@standing
def step(completed, broker):
    return add_step(assessment=completed, what="Ask three carriers", barrier="B_FREIGHT", by=broker)


@pytest.fixture
def ready(completed, polish_company):
    """A profile of the blocked area that could be published but for the barrier."""
    factories.consent(polish_company)
    return made_ready(factories.draft(polish_company, area="PRC"))


def told():
    """What the audit says was done with steps."""
    records = AuditRecord.objects.filter(event="companies.plan.changed").order_by("pk")
    return [(one.facts["act"], one.fields) for one in records]


def test_a_step_is_changed_in_every_part_and_the_audit_says_in_which(step, broker):
    values = {
        "what": "Ask five carriers",
        "waits_for": "us",
        "due_date": date(2031, 5, 4),
        "referral": "The chamber of commerce",
        "barrier": "B_FREIGHT",
    }

    change_step(step=step, values=values, version=1, by=broker)

    step.refresh_from_db()
    assert {name: getattr(step, name) for name in values} == values
    assert told()[-1] == ("changed", ["due_date", "referral", "waits_for", "what"])


def test_whoever_read_an_older_version_of_a_step_gets_the_newer_one(step, broker):
    change_step(step=step, values={"what": "Ask five carriers"}, version=1, by=broker)

    with pytest.raises(ChangedMeanwhileError) as refused:
        change_step(step=step, values={"what": "Ask nobody"}, version=1, by=broker)
    with pytest.raises(ChangedMeanwhileError):
        remove_step(step=step, version=1, by=broker)

    assert refused.value.current.what == "Ask five carriers"


def test_what_is_as_it_was_is_no_change(step, broker):
    change_step(step=step, values={"what": "Ask three carriers"}, version=1, by=broker)

    step.refresh_from_db()
    assert (step.version, told()) == (1, [("added", [])])


@pytest.mark.parametrize(
    "values", [{"what": ""}, {"what": "x" * 301}, {"barrier": "B_NONE"}, {"waits_for": "me"}]
)
def test_a_change_that_does_not_fit_is_refused(step, broker, values):
    with pytest.raises(BadInputError):
        change_step(step=step, values=values, version=1, by=broker)


def test_a_step_is_done_and_to_be_done_after_all(step, broker):
    finish_step(step=step, by=broker)
    again = reopen_step(step=step, by=broker)
    reopen_step(step=step, by=broker)

    assert again.done_at is None
    assert [act for act, _ in told()] == ["added", "done", "reopened"]


def test_a_step_that_was_done_meanwhile_is_not_taken_out_unseen(step, broker):
    finish_step(step=step, by=broker)
    with pytest.raises(ChangedMeanwhileError):
        remove_step(step=step, version=1, by=broker)

    reopen_step(step=step, by=broker)
    with pytest.raises(ChangedMeanwhileError):
        remove_step(step=step, version=2, by=broker)

    assert ActionStep.objects.get().version == 3


def test_a_step_is_taken_out_and_cannot_be_changed_any_more(step, broker):
    remove_step(step=step, version=1, by=broker)

    with pytest.raises(WrongStateError):
        change_step(step=step, values={"what": "Call"}, version=1, by=broker)
    assert not ActionStep.objects.exists()
    assert told()[-1] == ("removed", [])


@pytest.mark.parametrize(
    "act",
    [
        lambda step, by: change_step(step=step, values={"what": "Call"}, version=1, by=by),
        lambda step, by: finish_step(step=step, by=by),
        lambda step, by: reopen_step(step=step, by=by),
        lambda step, by: carry_over_step(step=step, by=by),
        lambda step, by: remove_step(step=step, version=1, by=by),
    ],
    ids=["change", "finish", "reopen", "carry", "remove"],
)
def test_only_who_works_on_the_company_writes_its_plan(step, johanna, owner, act):
    for stranger in (factories.actor(johanna), owner):
        with pytest.raises(NotAllowedError):
            act(step, stranger)


def test_the_action_against_a_blocking_barrier_stays_while_a_profile_is_published(step, ready, broker):
    publish_profile(profile=ready, by=broker)

    with pytest.raises(WrongStateError) as refused:
        remove_step(step=step, version=1, by=broker)
    with pytest.raises(WrongStateError):
        change_step(step=step, values={"barrier": ""}, version=1, by=broker)

    step.refresh_from_db()
    assert (refused.value.code, step.barrier) == ("barrier_blocks", "B_FREIGHT")


def test_with_another_action_or_no_published_profile_it_goes(completed, step, ready, broker):
    profile = publish_profile(profile=ready, by=broker)
    other = add_step(assessment=completed, what="Ship by rail", barrier="B_FREIGHT", by=broker)

    remove_step(step=step, version=1, by=broker)
    take_back_profile(profile=profile, by=broker)
    remove_step(step=other, version=1, by=broker)

    assert not ActionStep.objects.exists()


def test_a_step_of_the_plan_before_goes_whatever_the_latest_plan_lacks(
    completed, step, ready, answer_golden, broker
):
    publish_profile(profile=ready, by=broker)
    later = answer_golden(repeat_assessment(assessment=completed, by=broker), {("PRC", "B_FREIGHT"): 4})
    complete_assessment(assessment=later, by=broker)

    remove_step(step=step, version=1, by=broker)

    assert not ActionStep.objects.exists()


@pytest.fixture
def later(completed, answer_golden, broker):
    """The next assessment of the firm, completed: freight blocks procurement still."""
    made = answer_golden(repeat_assessment(assessment=completed, by=broker), {("PRC", "B_FREIGHT"): 4})
    return complete_assessment(assessment=made, by=broker, chosen_area="PRC", reason="Agreed on the visit.")


def test_an_open_step_is_carried_over_into_the_plan_of_the_next_assessment_as_it_is(step, later, broker):
    change_step(step=step, values={"due_date": date(2031, 5, 4)}, version=1, by=broker)

    carry_over_step(step=step, by=broker)
    carry_over_step(step=step, by=broker)

    carried = ActionStep.objects.get()
    assert (carried.pk, carried.plan.assessment, carried.what) == (step.pk, later, "Ask three carriers")
    assert (carried.due_date, carried.barrier) == (date(2031, 5, 4), "B_FREIGHT")
    assert [act for act, _ in told()] == ["added", "changed", "carried over"]
    assert AuditRecord.objects.latest("pk").facts["from"] == step.plan.assessment.public_id


def test_a_step_that_is_carried_over_answers_the_barrier_that_blocks_still(step, later, ready, broker):
    with pytest.raises(WrongStateError):
        publish_profile(profile=ready, by=broker)

    carry_over_step(step=step, by=broker)

    assert publish_profile(profile=ready, by=broker).status == "published"


def test_what_is_done_stays_in_the_plan_where_it_was_agreed(step, later, broker):
    finish_step(step=step, by=broker)

    with pytest.raises(WrongStateError) as refused:
        carry_over_step(step=step, by=broker)

    step.refresh_from_db()
    assert (refused.value.code, step.plan.assessment == later) == ("done", False)


def test_a_barrier_that_the_next_instrument_does_not_ask_about_is_left_behind(
    step, later, broker, monkeypatch
):
    newer = replace(V1, items=V1.items | {"B": ("B_TRUST",)})
    monkeypatch.setattr(steps, "instrument", lambda _version: newer)

    assert carry_over_step(step=step, by=broker).barrier == ""


def test_whoever_reads_a_step_that_was_carried_over_meanwhile_still_changes_it(step, later, broker):
    stale = ActionStep.objects.select_related("plan__assessment", "plan__company").get()
    carry_over_step(step=step, by=broker)

    finish_step(step=stale, by=broker)

    assert ActionStep.objects.get(plan__assessment=later).done_at


def removed_during_publication(step, profile, by):
    """A step is taken out while its profile is being published; whether it is gone beside a published profile."""
    is_published, is_over = Event(), Event()

    def publish():
        try:
            with transaction.atomic():
                publish_profile(profile=profile, by=by)
                is_published.set()
                assert eventually(lambda: is_over.is_set() or somebody_waits_for_us())
        finally:
            connection.close()

    def remove():
        try:
            is_published.wait(10)
            remove_step(step=step, version=1, by=by)
        except WrongStateError:
            return False
        else:
            return True
        finally:
            is_over.set()
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        gone = pool.submit(remove)
        pool.submit(publish).result()
        return gone.result()


@pytest.mark.django_db(transaction=True)
def test_no_profile_is_published_while_its_action_is_taken_out(step, ready, broker):
    assert not removed_during_publication(step, ready, broker)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_company_the_action_would_be_gone(monkeypatch, step, ready, broker):
    """The control."""
    monkeypatch.setattr(steps, "open_file", lambda company, _by: company)

    assert removed_during_publication(step, ready, broker)
