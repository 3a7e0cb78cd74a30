"""Beginning assessments."""

from datetime import timedelta

import pytest
from django.utils import timezone

from companies.models import Assessment
from companies.services.assessments.answering import Given, answer_item, leave_out_area
from companies.services.assessments.coming_back import find_public_assessment
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.starting import (
    adopt_assessment,
    describe_firm,
    repeat_assessment,
    start_assessment,
    start_public_assessment,
)
from companies.services.retention import take_what_is_due
from tests import factories
from tibs.accounts.actor import VISITOR
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord
from tibs.figures import DRAFT_ASSESSMENT_LIFE

NOW = timezone.now()


def test_starting_twice_gives_the_assessment_that_is_open(assessment, polish_company, broker):
    assert start_assessment(company=polish_company, by=broker) == assessment
    assert AuditRecord.objects.filter(event="companies.assessment.started").count() == 1


def test_a_firms_own_person_may_begin(polish_company, owner):
    assert start_assessment(company=polish_company, by=owner).number == 0


def test_a_broker_of_another_organisation_may_not_begin(polish_company, johanna):
    with pytest.raises(NotAllowedError):
        start_assessment(company=polish_company, by=factories.actor(johanna))

    assert not Assessment.objects.exists()


def test_repeating_takes_the_answers_along_under_the_next_number(assessment, answer_golden, broker):
    answer_golden(assessment)
    first = complete_assessment(assessment=assessment, by=broker)

    second = repeat_assessment(assessment=first, by=broker)

    assert (first.number, second.number) == (0, 1)
    assert second.completed_at is None
    assert second.answers.count() == first.answers.count()


def test_an_open_assessment_is_not_repeated(assessment, broker):
    with pytest.raises(WrongStateError):
        repeat_assessment(assessment=assessment, by=broker)


def test_an_assessment_that_was_opened_empty_takes_the_earlier_answers_and_keeps_its_own(
    assessment, answer_golden, broker, owner, polish_company
):
    answer_golden(assessment)
    describe_firm(assessment=assessment, stage="active", sector="making", by=broker)
    first = complete_assessment(assessment=assessment, by=broker)
    opened = start_assessment(company=polish_company, by=owner)
    answer_item(assessment=opened, rater="broker", given=Given("PRC", "V1", 0), by=broker)
    describe_firm(assessment=opened, sector="digital", by=owner)

    again = repeat_assessment(assessment=first, by=broker)
    twice = repeat_assessment(assessment=first, by=broker)

    assert again == twice == opened
    assert (again.stage, again.sector) == ("active", "digital")
    assert opened.answers.count() == first.answers.count()
    assert opened.answers.get(area="PRC", item="V1").value == 0
    assert opened.answers.get(area="PRC", item="V2").value == 3
    assert AuditRecord.objects.filter(event="companies.assessment.repeated").count() == 1


def test_an_area_that_is_answered_anew_is_whole_though_the_firm_had_none_of_it_before(
    assessment, answer_golden, broker, polish_company
):
    answer_golden(assessment)
    leave_out_area(assessment=assessment, rater="broker", area="OPS", by=broker)
    first = complete_assessment(assessment=assessment, by=broker)
    opened = start_assessment(company=polish_company, by=broker)
    answer_item(assessment=opened, rater="broker", given=Given("OPS", "V1", 4), by=broker)

    repeat_assessment(assessment=first, by=broker)

    ops = opened.answers.filter(area="OPS", item__startswith="V")
    assert dict(ops.values_list("item", "value")) == {"V1": 4, "V2": 2, "V3": 3}


def test_neither_another_organisation_nor_the_firm_repeats(assessment, answer_golden, broker, johanna, owner):
    """What is repeated are the broker's answers: the firm's own button begins an assessment without them."""
    answer_golden(assessment)
    first = complete_assessment(assessment=assessment, by=broker)

    for other in (factories.actor(johanna), owner):
        with pytest.raises(NotAllowedError):
            repeat_assessment(assessment=first, by=other)

    assert Assessment.objects.count() == 1


def test_a_visitors_link_finds_the_assessment_until_it_ends(db):
    made, token = start_public_assessment(language="lt", by=VISITOR, now=NOW)

    assert token not in made.resume_digest
    assert find_public_assessment(token, now=NOW + timedelta(days=89)) == made
    assert find_public_assessment(token, now=NOW + timedelta(days=91)) is None
    assert find_public_assessment("guessed", now=NOW) is None


def test_registering_keeps_a_visitors_answers_and_ends_the_link(polish_company):
    made, token = start_public_assessment(language="pl", by=VISITOR)
    answer_item(assessment=made, rater="self", given=Given("PRC", "V1", 3), by=VISITOR)

    adopted = adopt_assessment(assessment=made, company=polish_company, by=factories.BENCH)

    assert adopted.company == polish_company
    assert adopted.answers.get().value == 3
    assert find_public_assessment(token) is None


def test_a_visitors_answers_join_an_open_assessment_without_replacing_the_firms_own(
    polish_company, assessment, owner
):
    answer_item(assessment=assessment, rater="self", given=Given("PRC", "V1", 1), by=owner)
    made, _token = start_public_assessment(language="pl", by=VISITOR)
    for item in ("V1", "V2"):
        answer_item(assessment=made, rater="self", given=Given("PRC", item, 4), by=VISITOR)

    adopt_assessment(assessment=made, company=polish_company, by=factories.BENCH)

    assert dict(assessment.answers.values_list("item", "value")) == {"V1": 1, "V2": 4}
    assert Assessment.objects.count() == 1


def values_of(assessment):
    return {one.item: one.value for one in assessment.answers.all() if one.applies and one.is_given}


def test_an_area_that_the_firm_answered_is_whole_though_the_visitor_left_it_out(
    polish_company, assessment, owner
):
    answer_item(assessment=assessment, rater="self", given=Given("PRC", "V1", 4), by=owner)
    made, _token = start_public_assessment(language="pl", by=VISITOR)
    for item in ("V1", "V2", "V3"):
        answer_item(assessment=made, rater="self", given=Given("PRC", item, 0), by=VISITOR)
    leave_out_area(assessment=made, rater="self", area="PRC", by=VISITOR)

    adopt_assessment(assessment=made, company=polish_company, by=factories.BENCH)

    assert values_of(assessment) == {"V1": 4, "V2": 0, "V3": 0}
    assert not assessment.answers.filter(applies=False).exists()


def test_a_question_that_the_firm_never_answered_takes_the_visitors_answer(polish_company, assessment, owner):
    for is_out in (True, False):
        leave_out_area(assessment=assessment, rater="self", area="PRC", is_out=is_out, by=owner)
    made, _token = start_public_assessment(language="pl", by=VISITOR)
    answer_item(assessment=made, rater="self", given=Given("PRC", "V1", 3), by=VISITOR)

    adopt_assessment(assessment=made, company=polish_company, by=factories.BENCH)

    assert values_of(assessment) == {"V1": 3}


def test_an_answer_keeps_the_draft_of_a_company_even_on_its_last_evening(polish_company, broker):
    draft = start_assessment(company=polish_company, by=broker, now=NOW - DRAFT_ASSESSMENT_LIFE)
    opened = start_assessment(company=polish_company, by=broker, now=NOW)

    answer_item(assessment=opened, rater="broker", given=Given("PRC", "V1", 3), by=broker, now=NOW)
    take_what_is_due(NOW + timedelta(hours=6))

    kept = Assessment.objects.get(pk=draft.pk)
    assert kept.expires_at == NOW + DRAFT_ASSESSMENT_LIFE
    assert kept.answers.count() == 1


@pytest.mark.parametrize("has_draft", [False, True])
def test_registering_begins_the_time_of_the_answers_anew_and_keeps_stage_and_sector(
    polish_company, owner, has_draft
):
    if has_draft:
        start_assessment(company=polish_company, by=owner, now=NOW - timedelta(days=80))
    made, _token = start_public_assessment(language="pl", by=VISITOR, now=NOW - timedelta(days=80))
    describe_firm(assessment=made, stage="active", sector="making", by=VISITOR)

    kept = adopt_assessment(assessment=made, company=polish_company, by=factories.BENCH, now=NOW)

    kept.refresh_from_db()
    assert kept.expires_at == NOW + DRAFT_ASSESSMENT_LIFE
    assert (kept.stage, kept.sector) == ("active", "making")


def test_an_assessment_is_adopted_once(polish_company, finnish_company):
    made, _token = start_public_assessment(language="pl", by=VISITOR)
    adopt_assessment(assessment=made, company=polish_company, by=factories.BENCH)

    with pytest.raises(WrongStateError):
        adopt_assessment(assessment=made, company=finnish_company, by=factories.BENCH)


def test_stage_and_sector_come_from_the_instrument(assessment, broker):
    described = describe_firm(assessment=assessment, stage="active", sector="making", by=broker)

    assert (described.stage, described.sector) == ("active", "making")


@pytest.mark.parametrize(("stage", "sector"), [("rich", ""), ("", "mining"), ("\x00", ""), ("", "9" * 1000)])
def test_unknown_stages_and_sectors_are_refused(assessment, broker, stage, sector):
    with pytest.raises(BadInputError):
        describe_firm(assessment=assessment, stage=stage, sector=sector, by=broker)


def test_assessments_are_seen_by_the_firms_organisation_and_its_own_people(
    assessment, owner, broker, johanna, signe
):
    start_public_assessment(language="pl", by=VISITOR)

    assert list(Assessment.objects.visible_to(broker)) == [assessment]
    assert list(Assessment.objects.visible_to(owner)) == [assessment]
    for stranger in (factories.actor(johanna), factories.actor(signe), VISITOR):
        assert not Assessment.objects.visible_to(stranger).exists()
