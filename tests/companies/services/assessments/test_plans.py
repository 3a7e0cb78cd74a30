"""The action plan, and the barrier that blocks a profile until something is done about it."""

from datetime import timedelta

import pytest

from companies.models import Assessment
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.plans import latest_completed, set_goal, unanswered_barriers
from companies.services.assessments.steps import add_step, finish_step
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.publishing import publish_profile
from tests import factories
from tests.publishing import made_ready
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError


@standing
def blocked(assessment, answer_golden, broker):
    """Procurement is recommended, and freight blocks it."""
    answer_golden(assessment, {("PRC", "B_FREIGHT"): 4})
    return complete_assessment(
        assessment=assessment, by=broker, chosen_area="PRC", reason="Agreed on the visit."
    )


def test_the_first_step_makes_the_plan_for_the_chosen_area(blocked, broker):
    step = add_step(assessment=blocked, what="Ask three carriers", by=broker)

    assert step.plan.area == "PRC"
    assert step.plan.company == blocked.company


def test_a_plan_has_a_goal_and_steps_that_get_done(blocked, broker):
    plan = set_goal(assessment=blocked, goal="A second supplier by spring", by=broker)
    step = add_step(assessment=blocked, what="Ask three carriers", by=broker)

    done = finish_step(step=step, by=broker)

    assert plan.goal == "A second supplier by spring"
    assert list(plan.steps.all()) == [step]
    assert finish_step(step=step, by=broker).done_at == done.done_at


def test_a_goal_that_somebody_else_wrote_meanwhile_is_not_overwritten(blocked, broker):
    set_goal(assessment=blocked, goal="A second supplier", by=broker, read="")

    with pytest.raises(ChangedMeanwhileError) as refused:
        set_goal(assessment=blocked, goal="A customer in Turku", by=broker, read="")

    assert refused.value.current.goal == "A second supplier"
    assert set_goal(assessment=blocked, goal="Both", by=broker, read="A second supplier").goal == "Both"


@pytest.mark.parametrize(
    "values", [{"what": " "}, {"what": "x" * 301}, {"barrier": "B_NONE"}, {"waits_for": "me"}]
)
def test_a_step_that_does_not_fit_is_refused(blocked, broker, values):
    with pytest.raises(BadInputError):
        add_step(assessment=blocked, by=broker, **({"what": "Call"} | values))


def test_an_open_assessment_has_no_plan(assessment, broker):
    with pytest.raises(WrongStateError):
        add_step(assessment=assessment, what="Call", by=broker)


def test_a_stranger_adds_no_step(blocked, johanna):
    with pytest.raises(NotAllowedError):
        add_step(assessment=blocked, what="Call", by=factories.actor(johanna))


def test_a_blocking_barrier_needs_an_action_before_a_profile_is_published(blocked, broker, polish_company):
    factories.consent(polish_company)
    profile = made_ready(factories.draft(polish_company, area="PRC"))

    with pytest.raises(WrongStateError) as refusal:
        publish_profile(profile=profile, by=broker)
    add_step(assessment=blocked, what="Ask three carriers", barrier="B_FREIGHT", by=broker)

    assert refusal.value.code == "barrier_blocks"
    assert unanswered_barriers(polish_company, "PRC") == []
    assert publish_profile(profile=profile, by=broker).published_at


def test_after_a_merge_the_assessment_that_was_completed_last_is_the_latest(
    blocked, polish_company, finnish_company, broker
):
    older = Assessment.objects.create(company=finnish_company, instrument_version=1, number=3)
    Assessment.objects.filter(pk=older.pk).update(completed_at=blocked.completed_at - timedelta(days=300))

    Assessment.objects.filter(pk=older.pk).update(company=polish_company)

    assert latest_completed(polish_company) == blocked
    assert [one.item for one in unanswered_barriers(polish_company, "PRC")] == ["B_FREIGHT"]
    assert Assessment.objects.completed().newest_of_each_company().get() == blocked


def test_a_barrier_of_another_area_blocks_nothing(blocked, broker, polish_company):
    factories.consent(polish_company)

    assert publish_profile(
        profile=made_ready(factories.draft(polish_company, area="MKT")), by=broker
    ).published_at
