"""Autosave: every answer once, newest kept, nothing stored that the instrument does not ask."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from companies.assessments.versions import VERSIONS, instrument
from companies.models import Answer, Assessment
from companies.services.assessments.answering import (
    Given,
    NotAskedError,
    answer_item,
    answer_items,
    leave_out_area,
    milliseconds,
)
from companies.services.assessments.completing import complete_assessment, result_for
from tests import factories
from tests.companies.assessments.sheets import as_given, firm, golden
from tibs.accounts.actor import VISITOR
from tibs.core.errors import NotAllowedError, WrongStateError


def answer(assessment, by, value=3, *, area="PRC", item="V1", rater="broker", **more):
    sequence = more.pop("sequence", None)
    given = Given(area, item, value, **more)
    return answer_item(assessment=assessment, rater=rater, given=given, by=by, sequence=sequence)


def test_an_answer_is_kept_with_who_gave_it(assessment, broker, aleksandra):
    kept = answer(assessment, broker, evidence="documented")

    assert (kept.value, kept.evidence, kept.answered_by) == (3, "documented", aleksandra)


def test_the_same_message_twice_keeps_one_answer(assessment, broker):
    first = answer(assessment, broker, sequence=7)
    second = answer(assessment, broker, sequence=7)

    assert first == second
    assert Answer.objects.count() == 1


def test_a_late_message_never_takes_back_a_newer_answer(assessment, broker):
    answer(assessment, broker, 4, sequence=20)
    answer(assessment, broker, 1, sequence=10)

    assert Answer.objects.get().value == 4


def test_a_newer_message_replaces_the_answer(assessment, broker):
    answer(assessment, broker, 4, sequence=10)
    answer(assessment, broker, None, sequence=20)

    assert Answer.objects.get().value is None


def test_firm_and_broker_answer_side_by_side(assessment, broker, owner):
    answer(assessment, broker, 4)
    answer(assessment, owner, 1, rater="self")

    assert dict(Answer.objects.values_list("rater", "value")) == {"broker": 4, "self": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 5},
        {"value": -1},
        {"value": 10**30},
        {"area": "XXX"},
        {"area": "", "item": "V1"},
        {"area": "PRC", "item": "FC1"},
        {"item": "\x00"},
        {"item": "V1; DROP TABLE"},
        {"item": "9" * 1_000_000},
        {"evidence": "guessed"},
        {"value": 3, "applies": False},
        {"sequence": -1},
        {"sequence": 10**30},
    ],
    ids=str,
)
def test_a_wrong_or_hostile_answer_is_refused_and_nothing_is_stored(assessment, broker, wrong):
    with pytest.raises(NotAskedError):
        answer(assessment, broker, **wrong)

    assert not Answer.objects.exists()


def test_an_item_of_another_version_is_refused(assessment, broker, monkeypatch):
    first = instrument(1)
    fewer = tuple(code for code in first.items["B"] if code != "B_FREIGHT")
    monkeypatch.setitem(VERSIONS, 2, replace(first, version=2, items={**first.items, "B": fewer}))
    Assessment.objects.update(instrument_version=2)

    with pytest.raises(NotAskedError):
        answer(assessment, broker, item="B_FREIGHT")
    assert not Answer.objects.exists()

    Assessment.objects.update(instrument_version=1)
    assert answer(assessment, broker, item="B_FREIGHT").item == "B_FREIGHT"


def test_the_firm_does_not_say_whether_partners_exist(assessment, owner):
    with pytest.raises(NotAskedError):
        answer(assessment, owner, item="F1", rater="self")


@pytest.mark.parametrize("rater", ["self", "broker", "", "boss"])
def test_strangers_answer_for_nobody(assessment, johanna, signe, rater):
    for stranger in (factories.actor(johanna), factories.actor(signe), VISITOR):
        with pytest.raises(NotAllowedError):
            answer(assessment, stranger, rater=rater)

    assert not Answer.objects.exists()


def test_broker_and_firm_do_not_answer_for_each_other(assessment, broker, owner):
    with pytest.raises(NotAllowedError):
        answer(assessment, broker, rater="self")
    with pytest.raises(NotAllowedError):
        answer(assessment, owner, rater="broker")


def test_an_area_that_does_not_exist_is_left_out(assessment, broker):
    leave_out_area(assessment=assessment, rater="broker", area="SRV", by=broker)

    assert result_for(assessment).area("SRV").absent


def test_an_area_that_is_there_after_all_has_its_answers_back(assessment, broker):
    answer(assessment, broker, 4, evidence="documented")
    answer(assessment, broker, None, item="R0")

    leave_out_area(assessment=assessment, rater="broker", area="PRC", by=broker)
    out = result_for(assessment).area("PRC").absent
    is_out = leave_out_area(assessment=assessment, rater="broker", area="PRC", is_out=False, by=broker)

    back = {one.item: (one.value, one.evidence) for one in Answer.objects.all() if one.is_given}
    assert out
    assert not is_out
    assert back == {"V1": (4, "documented"), "R0": (None, "claimed")}


def test_an_answer_to_an_area_that_was_left_out_is_not_taken_back_with_it(assessment, broker):
    leave_out_area(assessment=assessment, rater="broker", area="PRC", by=broker)
    answer(assessment, broker, 2)

    leave_out_area(assessment=assessment, rater="broker", area="PRC", is_out=False, by=broker)

    assert Answer.objects.get(item="V1").value == 2


@pytest.mark.parametrize("item", ["V1", "R0", "B0"])
def test_an_answer_to_an_area_that_was_left_out_brings_back_the_others_of_it(assessment, broker, item):
    for one, value in (("V1", 4), ("V2", 0), ("V3", 0)):
        answer(assessment, broker, value, item=one)
    leave_out_area(assessment=assessment, rater="broker", area="PRC", by=broker)

    answer(assessment, broker, 4, item=item)

    back = {one.item: one.value for one in Answer.objects.filter(applies=True) if one.is_given}
    assert back == {"V1": 4, "V2": 0, "V3": 0, item: 4}


def test_that_one_question_does_not_apply_brings_no_area_back(assessment, broker):
    leave_out_area(assessment=assessment, rater="broker", area="PRC", by=broker)

    answer(assessment, broker, None, item="B0", applies=False)

    assert result_for(assessment).area("PRC").absent


def test_an_answer_that_is_still_on_its_way_is_not_too_old_for_an_area_that_came_back(assessment, broker):
    leave_out_area(assessment=assessment, rater="broker", area="PRC", by=broker, sequence=10)
    answer(assessment, broker, 4, sequence=30)
    answer(assessment, broker, 2, item="V2", sequence=20)

    given = {one.item: one.value for one in Answer.objects.all() if one.is_given}
    assert given == {"V1": 4, "V2": 2}


def test_a_late_message_leaves_no_part_of_an_area_out_that_was_answered_since(assessment, broker):
    for item in ("V1", "V2", "V3"):
        answer(assessment, broker, 0, item=item, sequence=10)
    answer(assessment, broker, 4, sequence=30)

    is_out = leave_out_area(assessment=assessment, rater="broker", area="PRC", by=broker, sequence=20)

    assert not is_out
    assert dict(Answer.objects.values_list("item", "value")) == {"V1": 4, "V2": 0, "V3": 0}


def test_a_late_message_does_not_leave_an_area_out_again(assessment, broker):
    for is_out, sequence in ((True, 10), (False, 30), (True, 20)):
        leave_out_area(
            assessment=assessment, rater="broker", area="PRC", is_out=is_out, by=broker, sequence=sequence
        )

    assert not result_for(assessment).area("PRC").absent


def test_a_clock_that_is_a_year_ahead_does_not_refuse_what_others_answer_later(assessment, broker):
    now = timezone.now()
    year_ahead = milliseconds(now + timedelta(days=365))
    answer(assessment, broker, 4, sequence=year_ahead)

    given = Given("PRC", "V1", 1)
    later = now + timedelta(minutes=2)
    answer_item(
        assessment=assessment, rater="broker", given=given, by=broker, sequence=milliseconds(later), now=later
    )

    assert Answer.objects.get().value == 1


def test_the_button_of_a_page_is_newer_than_any_autosaved_answer(assessment, broker):
    answer(assessment, broker, 4, sequence=2**53)

    answer(assessment, broker, 1)

    assert Answer.objects.get().value == 1


def test_evidence_that_is_not_said_stays_as_it_was(assessment, broker):
    answer(assessment, broker, 4, evidence="documented")

    answer(assessment, broker, 3)

    assert (Answer.objects.get().value, Answer.objects.get().evidence) == (3, "documented")


@pytest.mark.parametrize("area", ["", "XXX"])
def test_only_areas_of_the_instrument_are_left_out(assessment, broker, area):
    with pytest.raises(NotAskedError):
        leave_out_area(assessment=assessment, rater="broker", area=area, by=broker)


def test_a_completed_assessment_takes_no_answer(assessment, answer_golden, broker):
    answer_golden(assessment)
    complete_assessment(assessment=assessment, by=broker)

    with pytest.raises(WrongStateError):
        answer(assessment, broker, 0)


def test_the_database_refuses_to_change_a_completed_assessment(assessment, answer_golden, broker):
    answer_golden(assessment)
    done = complete_assessment(assessment=assessment, by=broker)

    for change in (
        lambda: done.answers.update(value=0),
        lambda: Answer.objects.filter(pk=done.answers.first().pk).update(item="V9"),
        lambda: Answer.objects.create(
            assessment=done, rater="self", item="FC1", answered_at=done.completed_at
        ),
        lambda: type(done).objects.filter(pk=done.pk).update(chosen_area="INB"),
        lambda: type(done).objects.filter(pk=done.pk).update(completed_at=None),
        lambda: type(done).objects.filter(pk=done.pk).update(override_reason="Other words"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_merge_an_ended_account_and_an_erasure_still_work(
    assessment, answer_golden, broker, aleksandra, finnish_company
):
    answer_golden(assessment)
    done = complete_assessment(
        assessment=assessment, by=broker, chosen_area="MKT", reason="She wants to sell."
    )

    type(done).objects.filter(pk=done.pk).update(
        company=finnish_company, completed_by=None, override_reason=""
    )
    done.answers.update(answered_by=None)
    done.delete()

    assert not Answer.objects.exists()


def test_keeping_an_answer_costs_few_queries(assessment, broker):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer(assessment, broker)

    assert len(queries) <= 6


def test_a_page_of_answers_costs_as_few_queries_as_one_and_says_the_same(assessment, broker, answer_golden):
    with CaptureQueriesContext(connection) as new:
        answer_golden(assessment)
    whole = kept_of(assessment)
    with CaptureQueriesContext(connection) as again:
        answer_golden(assessment, {("PRC", "B_FREIGHT"): 4})
    assessment.answers.all().delete()
    for given in as_given([*firm(3), *golden()]):
        answer_item(assessment=assessment, rater="broker", given=given, by=broker)

    assert kept_of(assessment) == whole
    assert len(new) <= 8
    assert len(again) <= 8


def kept_of(assessment):
    """What is kept of every answer, apart from when it was given."""
    told = ("rater", "area", "item", "value", "applies", "set_aside", "evidence", "answered_by")
    return set(assessment.answers.values_list(*told))


def test_an_answer_of_a_page_brings_back_what_was_left_out_with_its_area(assessment, broker):
    answer_items(
        assessment=assessment,
        rater="broker",
        given=[Given("PRC", item, 3) for item in ("V1", "V2", "R0")],
        by=broker,
        left_out={"PRC": True},
    )

    answer_items(assessment=assessment, rater="broker", given=[Given("PRC", "V1", 4)], by=broker)

    rows = {row.item: (row.value, row.applies) for row in assessment.answers.filter(area="PRC")}
    assert {item: rows[item] for item in ("V1", "V2", "R0")} == {
        "V1": (4, True),
        "V2": (3, True),
        "R0": (3, True),
    }
