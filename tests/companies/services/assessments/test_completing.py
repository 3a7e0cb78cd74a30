"""Completing: the golden example, the override, and what stays."""

import pytest

from companies.assessments.versions import instrument
from companies.choices import Area
from companies.models import Company
from companies.services.assessments.answering import answer_items, leave_out_area
from companies.services.assessments.completing import (
    FirmUnknownError,
    RankingChangedError,
    ReasonMissingError,
    complete_assessment,
    result_for,
)
from companies.services.assessments.starting import repeat_assessment
from tests.companies.assessments.sheets import as_given, golden
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord


def test_the_golden_example_recommends_procurement(assessment, answer_golden, broker):
    answer_golden(assessment)

    done = complete_assessment(assessment=assessment, by=broker)

    result = result_for(done)
    assert (done.recommended_area, done.chosen_area) == (Area.PROCUREMENT, Area.PROCUREMENT)
    assert (round(result.lead, 1), result.steady) == (6.4, 16)


def test_what_another_area_leads_by_now_is_looked_at_again(assessment, answer_golden, broker):
    """A colleague, or a tablet that was offline, answered between the page and its button."""
    answer_golden(assessment)

    with pytest.raises(RankingChangedError):
        complete_assessment(assessment=assessment, by=broker, seen="MKT")
    with pytest.raises(RankingChangedError):
        complete_assessment(assessment=assessment, by=broker, seen="", chosen_area="MKT", reason="A fair.")

    assessment.refresh_from_db()
    assert assessment.completed_at is None
    assert complete_assessment(assessment=assessment, by=broker, seen="PRC").chosen_area == "PRC"


def test_another_area_needs_a_written_reason(assessment, answer_golden, broker):
    answer_golden(assessment)

    with pytest.raises(ReasonMissingError):
        complete_assessment(assessment=assessment, by=broker, chosen_area="MKT", reason="   ")

    assessment.refresh_from_db()
    assert assessment.completed_at is None


def test_recommended_and_chosen_area_are_both_kept_with_the_reason(assessment, answer_golden, broker):
    answer_golden(assessment)

    done = complete_assessment(assessment=assessment, by=broker, chosen_area="MKT", reason="A fair is near.")

    assert (done.recommended_area, done.chosen_area) == ("PRC", "MKT")
    assert done.override_reason == "A fair is near."
    facts = AuditRecord.objects.get(event="companies.assessment.completed").facts
    assert (facts["recommended"], facts["chosen"]) == ("PRC", "MKT")


def test_the_answers_are_kept_as_one_line_for_statistics(assessment, answer_golden, broker):
    answer_golden(assessment)

    complete_assessment(assessment=assessment, by=broker)

    assessment.refresh_from_db()
    values = [answer.value for answer in assessment.answers.all() if answer.value is not None]
    assert sorted(filter(str.isdigit, assessment.answer_line)) == sorted(map(str, values))


@pytest.mark.parametrize(("chosen", "reason"), [("XXX", "Because"), ("\x00", "Because"), ("MKT", "x" * 1001)])
def test_a_choice_that_cannot_be_kept_is_refused(assessment, answer_golden, broker, chosen, reason):
    answer_golden(assessment)

    with pytest.raises(BadInputError):
        complete_assessment(assessment=assessment, by=broker, chosen_area=chosen, reason=reason)


def test_without_a_ranked_area_nothing_is_completed(assessment, broker):
    with pytest.raises(WrongStateError, match="too few answers"):
        complete_assessment(assessment=assessment, by=broker)


def test_the_firm_does_not_complete_for_its_broker(assessment, answer_golden, owner):
    answer_golden(assessment)

    with pytest.raises(NotAllowedError):
        complete_assessment(assessment=assessment, by=owner)


def test_completing_twice_is_refused(assessment, answer_golden, broker):
    answer_golden(assessment)
    complete_assessment(assessment=assessment, by=broker)

    with pytest.raises(WrongStateError):
        complete_assessment(assessment=assessment, by=broker)


def test_the_funnel_counts_the_first_assessment_once(assessment, answer_golden, broker, polish_company):
    answer_golden(assessment)
    first = complete_assessment(assessment=assessment, by=broker)
    stamped = Company.objects.get(pk=polish_company.pk).first_assessed_at
    complete_assessment(assessment=repeat_assessment(assessment=first, by=broker), by=broker)

    assert stamped == first.completed_at
    assert Company.objects.get(pk=polish_company.pk).first_assessed_at == stamped


def test_a_reason_without_an_area_is_not_thrown_away(assessment, answer_golden, broker):
    answer_golden(assessment)

    with pytest.raises(BadInputError, match="Choose the area"):
        complete_assessment(assessment=assessment, by=broker, reason="A fair is near.")

    assessment.refresh_from_db()
    assert assessment.completed_at is None


def test_what_the_firm_is_ready_for_is_answered_before_an_assessment_is_completed(assessment, broker):
    given = as_given(golden())
    answer_items(assessment=assessment, rater="broker", given=given, by=broker)

    with pytest.raises(FirmUnknownError, match="about the firm first"):
        complete_assessment(assessment=assessment, by=broker)


@pytest.mark.parametrize("state", ["never asked", "one answer", "absent"])
def test_an_area_of_which_the_barriers_are_not_known_is_not_chosen(assessment, answer_golden, broker, state):
    answer_golden(assessment)
    if state == "one answer":
        answer_golden(assessment, {("SRV", "B_TIME"): 4})
    if state == "absent":
        leave_out_area(assessment=assessment, rater="broker", area="SRV", is_out=True, by=broker)

    with pytest.raises(BadInputError, match="Too few barriers"):
        complete_assessment(assessment=assessment, by=broker, chosen_area="SRV", reason="They want it.")


def test_a_question_that_nobody_answered_stays_unasked_when_its_area_was_left_out_and_came_back(
    assessment, answer_golden, broker
):
    answer_golden(assessment)
    assessment.answers.filter(area="SRV").delete()
    for is_out in (True, False):
        leave_out_area(assessment=assessment, rater="broker", area="SRV", is_out=is_out, by=broker)

    done = complete_assessment(assessment=assessment, by=broker)

    letters = dict(zip(instrument(1).questions(), done.answer_line, strict=True))
    assert {letters["SRV", item] for item in ("V1", "V2", "V3", "R0", "B0")} == {"-"}
