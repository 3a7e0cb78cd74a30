"""The action plan on the page of a result: the broker writes it, the firm reads it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.models import ActionPlan, ActionStep
from companies.services.assessments.answering import Given, answer_items
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.starting import repeat_assessment, start_assessment
from companies.services.assessments.steps import add_step, change_step, finish_step
from companies.views.assessments.documents import document_of
from companies.views.assessments.results import result_page_of
from companies.views.assessments.sittings import Sitting
from tests import factories
from tests.companies.assessments.sheets import as_given, firm, golden
from tests.standing_scenes import standing

CHANGED = {"what": "Ask five carriers", "waits_for": "us", "version": "1"}


@standing
def by(aleksandra_in_english):
    return factories.actor(aleksandra_in_english)


@standing
def done(polish_company, by):
    """A completed assessment whose recommended area is procurement."""
    assessment = start_assessment(company=polish_company, by=by)
    given = as_given([*firm(3), *golden()])
    answer_items(assessment=assessment, rater="broker", given=given, by=by)
    return complete_assessment(assessment=assessment, by=by)


@standing
def step(done, by):
    return add_step(assessment=done, what="Ask three carriers", by=by)


@pytest.fixture
def desk(client, aleksandra_in_english):
    client.force_login(aleksandra_in_english)
    return client


@pytest.fixture
def owner_page(client, polish_company):
    factories.contact(polish_company, user=(owner := factories.person("Ewa Lis")))
    client.force_login(owner)
    return client


def result(done):
    return reverse("assessment_result", args=[done.public_id])


def plan(done):
    return reverse("assessment_plan", args=[done.public_id])


def url(name, step):
    return reverse(f"assessment_{name}", args=[step.plan.assessment.public_id, step.pk])


def test_a_broker_adds_a_step_and_finds_it_in_the_plan(desk, done):
    answer = desk.post(plan(done), {"what": "Ask three carriers", "waits_for": "company"}, follow=True)

    assert answer.redirect_chain == [(f"{result(done)}#plan", 302)]
    assert [step.what for step in answer.context["plan"].steps] == ["Ask three carriers"]


def test_a_step_that_is_wrong_comes_back_as_it_was_written(desk, done):
    answer = desk.post(plan(done), {"what": "", "waits_for": "company", "referral": "The chamber"})

    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert 'value="The chamber"' in answer.text


def test_a_step_is_marked_as_done_and_as_not_done(desk, step):
    desk.post(url("step_done", step), {"done": "1"})
    was_done = ActionStep.objects.get().done_at
    desk.post(url("step_done", step), {"done": "0"})

    assert was_done
    assert ActionStep.objects.get().done_at is None


def test_a_step_is_changed_on_its_own_page(desk, step):
    form = desk.get(url("step", step)).text
    answer = desk.post(url("step", step), CHANGED)

    step.refresh_from_db()
    assert 'value="Ask three carriers"' in form
    assert answer["Location"] == f"{result(step.plan.assessment)}#plan"
    assert (step.what, step.waits_for, step.version) == ("Ask five carriers", "us", 2)


def test_two_brokers_who_change_one_step_choose_what_stays(desk, step, by):
    change_step(step=step, values={"what": "Ask the port"}, version=1, by=by)

    answer = desk.post(url("step", step), CHANGED | {"initial-what": "Ask three carriers"})
    desk.post(url("step", step), CHANGED | {"version": "2"})

    step.refresh_from_db()
    assert answer.status_code == 409
    assert "Ask the port" in answer.text
    assert "Ask five carriers" in answer.text
    assert step.what == "Ask five carriers"


def test_two_brokers_who_write_the_goal_choose_what_stays(desk, done):
    desk.post(plan(done), {"goal": "A second supplier", "initial-goal": ""})

    answer = desk.post(plan(done), {"goal": "A customer in Turku", "initial-goal": ""})

    assert answer.status_code == 409
    assert "A second supplier" in answer.text
    assert ActionPlan.objects.get().goal == "A second supplier"


def test_a_goal_that_is_too_long_comes_back(desk, done):
    answer = desk.post(plan(done), {"goal": "x" * 1001})

    assert answer.status_code == 400
    assert "x" * 1001 in answer.text


def test_a_step_is_taken_out_in_the_version_that_was_read(desk, step, by):
    change_step(step=step, values={"what": "Ask the port"}, version=1, by=by)

    refused = desk.post(url("step_remove", step), {"version": "1"}, follow=True)
    desk.post(url("step_remove", step), {"version": "2"})

    assert refused.redirect_chain == [(url("step", step), 302)]
    assert "Look at it again before you take it out." in refused.text
    assert 'value="Ask the port"' in refused.text
    assert not ActionStep.objects.exists()


def test_the_page_of_a_step_shows_that_it_is_done(desk, step, by):
    def head():
        return desk.get(url("step", step)).text.partition("</h1>")[2].partition("<form")[0]

    open_still = head()
    finish_step(step=step, by=by)

    assert "Done" not in open_still
    assert "Done" in head()


@pytest.mark.parametrize("hostile", ["\x00", "9" * 30, "<script>", "😀", "x" * 1_000_000], ids=range(5))
def test_hostile_changes_never_fail(desk, step, hostile):
    for field in ("what", "waits_for", "due_date", "referral", "barrier", "version", "initial-what"):
        assert desk.post(url("step", step), CHANGED | {field: hostile}).status_code in {302, 400, 409}
    assert desk.post(url("step_remove", step), {"version": hostile}).status_code in {302, 400}


def test_what_ends_first_comes_first_and_what_is_done_last(desk, done, by):
    today = timezone.localdate()
    for name, days in (("Later", 5), ("Late", -1), ("Done", -5), ("Some day", None)):
        day = None if days is None else today + timedelta(days=days)
        made = add_step(assessment=done, what=name, due_date=day, by=by)
        if name == "Done":
            finish_step(step=made, by=by)

    told = desk.get(result(done)).context["plan"].steps

    assert [(step.what, step.is_late) for step in told] == [
        ("Late", True),
        ("Later", False),
        ("Some day", False),
        ("Done", False),
    ]


def test_the_firm_reads_who_does_what_and_changes_nothing(owner_page, done, by):
    step = add_step(assessment=done, what="Ask three carriers", waits_for="us", barrier="B_FREIGHT", by=by)

    answer = owner_page.get(result(done))

    assert answer.context["plan"].steps[0].who == "Your broker"
    assert url("step", step) not in answer.text
    assert owner_page.post(plan(done), {"what": "Call", "waits_for": "us"}).status_code == 403


def test_a_step_of_another_company_does_not_exist(desk, step, aleksandra):
    other = factories.company("Inna", owner=aleksandra, host=step.plan.company.host)
    made = start_assessment(company=other, by=factories.actor(aleksandra))

    for name in ("step", "step_done", "step_remove"):
        address = reverse(f"assessment_{name}", args=[made.public_id, step.pk])
        assert desk.post(address, CHANGED).status_code == 404


def test_an_earlier_plan_neither_warns_nor_takes_steps_but_leads_to_the_newest(desk, by, done):
    add_step(assessment=done, what="Ask three carriers", by=by)
    later = repeat_assessment(assessment=done, by=by)
    answer_items(assessment=later, rater="broker", given=[Given("PRC", "B_FREIGHT", 4)], by=by)
    complete_assessment(assessment=later, by=by, chosen_area="PRC", reason="Agreed on the visit.")

    newest, earlier = desk.get(result(later)).text, desk.get(result(done)).text

    assert "blocks this area" in newest
    assert "Add the step" in newest
    assert "See the newest plan" not in newest
    assert "blocks this area" not in earlier
    assert "Add the step" not in earlier
    assert "Ask three carriers" in earlier
    assert f'href="{result(later)}#plan"' in earlier


@pytest.fixture
def later(done, step, by):
    """The next assessment, completed; of the plan before, one step is open and one is done."""
    change_step(step=step, values={"due_date": date(2031, 5, 4)}, version=1, by=by)
    finish_step(step=add_step(assessment=done, what="Call the port", by=by), by=by)
    return complete_assessment(assessment=repeat_assessment(assessment=done, by=by), by=by)


def test_the_next_plan_shows_what_is_open_in_the_one_before_and_takes_it_over(desk, done, later, step):
    before = desk.get(result(later))
    carry = reverse("assessment_step_carry", args=[later.public_id, step.pk])
    after = desk.post(carry, follow=True)
    again = desk.post(carry, follow=True)

    assert [one.what for one in before.context["plan"].earlier] == ["Ask three carriers"]
    assert f'action="{carry}"' in before.text
    assert "by 4 May 2031" in " ".join(before.text.split())
    assert f'href="{result(done)}#plan"' in before.text
    assert after.redirect_chain == again.redirect_chain == [(f"{result(later)}#plan", 302)]
    for page in (after, again):
        plan = page.context["plan"]
        assert ([one.what for one in plan.steps], plan.earlier) == (["Ask three carriers"], [])
    assert [one.what for one in desk.get(result(done)).context["plan"].steps] == ["Call the port"]


def test_a_step_that_a_colleague_took_over_meanwhile_is_changed_where_it_was_open(desk, done, later, step):
    change, finish, remove = (url(name, step) for name in ("step", "step_done", "step_remove"))
    desk.post(reverse("assessment_step_carry", args=[later.public_id, step.pk]))

    step.refresh_from_db()
    changed = desk.post(change, CHANGED | {"version": str(step.version)})
    finished = desk.post(finish, {"done": "1"})
    step.refresh_from_db()
    shown = desk.get(change)
    removed = desk.post(remove, {"version": str(step.version)})

    assert (step.what, bool(step.done_at)) == ("Ask five carriers", True)
    assert {one["Location"] for one in (changed, finished, removed)} == {f"{result(later)}#plan"}
    assert f'href="{result(later)}#plan"' in shown.text
    assert not ActionStep.objects.filter(pk=step.pk).exists()


def test_an_earlier_plan_shows_its_own_steps_only(desk, done, later, by):
    add_step(assessment=later, what="Ask five carriers", by=by)

    plan = desk.get(result(done)).context["plan"]

    assert [one.what for one in plan.steps] == ["Ask three carriers", "Call the port"]
    assert plan.earlier == []


def test_the_firm_reads_what_is_open_from_before_and_carries_nothing(owner_page, later, step):
    answer = owner_page.get(result(later))
    carry = reverse("assessment_step_carry", args=[later.public_id, step.pk])

    assert "Still open from earlier plans" in answer.text
    assert carry not in answer.text
    assert owner_page.post(carry).status_code == 403


def test_a_step_of_another_company_is_carried_nowhere(desk, later, by, aleksandra):
    other = factories.company("Inna", owner=aleksandra, host=later.company.host)
    made = start_assessment(company=other, by=by)
    given = as_given([*firm(3), *golden()])
    answer_items(assessment=made, rater="broker", given=given, by=by)
    foreign = add_step(assessment=complete_assessment(assessment=made, by=by), what="Call", by=by)

    answer = desk.post(reverse("assessment_step_carry", args=[later.public_id, foreign.pk]))

    assert answer.status_code == 404


def test_what_is_open_from_before_is_on_paper_too(later, by):
    words = str(document_of(result_page_of(Sitting(later, "broker", by))))

    assert "Still open from an earlier plan" in words
