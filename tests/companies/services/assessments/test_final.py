"""A completed assessment is final in the database itself, whoever writes to it; each guard is tried without it too."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from companies.models import Answer, Assessment, Company
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.plans import set_goal
from companies.services.assessments.starting import repeat_assessment
from companies.services.assessments.steps import add_step, finish_step
from companies.services.erasure import erase_company
from tests import factories
from tests.standing_scenes import standing

ANSWER_GUARD = "companies_answer_is_final ON companies_answer"
LOSS_GUARD = "companies_answer_stays ON companies_answer"
RESULT_GUARD = "companies_assessment_is_final ON companies_assessment"
# What may change when nothing is answered anew: a merge, an account that ends, words that are erased.
MAY_CHANGE = {"company", "completed_by", "updated_at", "override_reason", "resume_digest"}


@standing
def done(assessment, answer_golden, broker):
    return complete_assessment(assessment=answer_golden(assessment), by=broker)


@standing
def later(done, broker):
    """An open assessment of the same firm."""
    return repeat_assessment(assessment=done, by=broker)


@pytest.fixture(params=[True, False], ids=["guarded", "without the guard"])
def attempt(request, db):
    """A context in which a change is refused, or, as a control, goes through because its trigger was dropped."""

    def begin(guard):
        if request.param:
            return pytest.raises(IntegrityError, match="final")
        run(f"DROP TRIGGER {guard}")
        return nullcontext()

    return begin


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def check_at_once():
    """What waits for the end of the transaction is checked now."""
    run("SET CONSTRAINTS ALL IMMEDIATE")


def answers_of(assessment):
    return Answer.objects.filter(assessment=assessment)


def test_an_answer_is_not_changed(done, attempt):
    with attempt(ANSWER_GUARD):
        answers_of(done).filter(area="PRC", item="V1").update(value=0)


def test_an_answer_is_not_added(done, attempt):
    with attempt(ANSWER_GUARD):
        Answer.objects.create(
            assessment=done, rater="broker", area="SRV", item="V1", value=4, answered_at=timezone.now()
        )


def test_an_answer_does_not_leave_for_another_assessment(done, later, attempt):
    answers_of(later).filter(area="PRC", item="V1").delete()
    with attempt(ANSWER_GUARD):
        answers_of(done).filter(area="PRC", item="V1").update(assessment=later)


def test_an_answer_does_not_come_from_another_assessment(done, later, attempt):
    answers_of(later).filter(area="PRC", item="V1").update(area="SRV")
    with attempt(ANSWER_GUARD):
        answers_of(later).filter(area="SRV", item="V1").update(assessment=done)


def test_a_single_answer_does_not_leave(done, attempt):
    with attempt(LOSS_GUARD):
        answers_of(done).filter(area="PRC", item="V1").delete()
        check_at_once()


def test_all_answers_do_not_leave_while_their_assessment_stays(done, attempt):
    with attempt(LOSS_GUARD):
        answers_of(done).delete()
        check_at_once()


@pytest.mark.parametrize("name", sorted({one.name for one in Assessment._meta.fields} - MAY_CHANGE - {"id"}))
def test_no_column_of_the_result_is_changed(done, attempt, name):
    other = {
        "public_id": "asm_somebodyelses",
        "chosen_area": "MKT",
        "recommended_area": "MKT",
        "language": "fi",
        "stage": "active",
        "sector": "making",
        "size_class": "MICRO" if done.size_class != "MICRO" else "SMALL",
        "answer_line": "0",
        "expires_at": timezone.now() - timedelta(days=1),
        "completed_at": timezone.now() - timedelta(days=1),
        "created_at": timezone.now() - timedelta(days=1),
    }
    with attempt(RESULT_GUARD):
        Assessment.objects.filter(pk=done.pk).update(**{name: other.get(name, 7)})


def test_a_result_is_not_opened_again(done, attempt):
    with attempt(RESULT_GUARD):
        Assessment.objects.filter(pk=done.pk).update(completed_at=None, chosen_area="", recommended_area="")


def test_a_reason_is_blanked_but_not_rewritten(assessment, answer_golden, broker, attempt):
    answer_golden(assessment)
    done = complete_assessment(assessment=assessment, by=broker, chosen_area="MKT", reason="A fair is near.")

    with attempt(RESULT_GUARD):
        Assessment.objects.filter(pk=done.pk).update(override_reason="Another reason.")


def test_a_whole_assessment_leaves_with_its_answers(done):
    done.delete()
    check_at_once()

    assert not Answer.objects.exists()


def test_a_firm_leaves_with_everything(done):
    Company.objects.filter(pk=done.company_id).delete()
    check_at_once()

    assert not Assessment.objects.exists()


def test_answers_of_an_open_assessment_leave_one_by_one(done, later):
    answers_of(later).filter(area="PRC").delete()
    check_at_once()

    assert answers_of(done).filter(area="PRC").exists()


def test_a_firm_is_erased_and_its_result_stays_without_its_words(assessment, answer_golden, broker):
    answer_golden(assessment)
    done = complete_assessment(assessment=assessment, by=broker, chosen_area="MKT", reason="A fair is near.")

    erase_company(company=done.company, by=factories.BENCH, reason="asked")
    check_at_once()

    done.refresh_from_db()
    assert (done.chosen_area, done.override_reason) == ("MKT", "")
    assert answers_of(done).exists()


def test_an_account_ends_and_the_answers_stay(done, aleksandra):
    given = answers_of(done).count()

    Assessment.objects.filter(completed_by=aleksandra).update(completed_by=None)
    Answer.objects.filter(answered_by=aleksandra).update(answered_by=None)
    check_at_once()

    assert answers_of(done).count() == given


def test_the_plan_is_no_part_of_the_result_and_goes_on(done, broker):
    step = add_step(assessment=done, what="Ask three carriers", by=broker)
    set_goal(assessment=done, goal="Two suppliers by May", by=broker)

    finish_step(step=step, by=broker)

    step.refresh_from_db()
    assert step.done_at is not None
