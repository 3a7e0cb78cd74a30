"""What somebody typed is not lost with their session, and nobody else is offered it."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from companies.models import ActionStep, Assessment, ProfileReview
from companies.services.assessments.answering import answer_items
from companies.services.assessments.plans import set_goal
from companies.services.assessments.starting import start_assessment
from companies.services.assessments.steps import add_step
from companies.services.reviews import send_to_review
from tests import factories
from tests.companies.assessments.sheets import BEST, as_given, firm, golden, rated
from tests.publishing import complete

OFFER = "You had written this and it was not saved"
OFFERED = "[data-tibs-draft-offer]:visible"
WORDS = "A Polish mill offers planed boards of oak."


@pytest.fixture
def draft(aleksandra_in_english):
    factories.country("FI")
    company = factories.company("Stolarnia Dąb", host=factories.host("PL"), owner=aleksandra_in_english)
    return complete(company)


@pytest.fixture
def lost(page, live_server, draft, aleksandra_in_english, sign_in):
    """Aleksandra wrote a summary and saved it when her session had ended; the address of the editor."""
    sign_in(aleksandra_in_english)
    address = f"{live_server.url}/profiles/{draft.public_id}/edit/"
    page.goto(address)
    page.get_by_label("Summary").fill(WORDS)
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Log in").first.wait_for()
    return address


def test_words_of_an_ended_session_are_offered_after_signing_in_and_saved(
    page, lost, draft, sign_in, aleksandra_in_english, faults
):
    sign_in(aleksandra_in_english)
    page.goto(lost)
    page.get_by_text(OFFER).wait_for()
    assert faults() == []

    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Summary")).to_have_value(WORDS)
    expect(page.get_by_label("Summary")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("The profile is saved.").wait_for()

    assert draft.texts.get().summary == WORDS
    page.goto(lost)
    expect(page.get_by_text(OFFER)).to_be_hidden()


def test_somebody_else_at_the_same_browser_is_not_offered_them(
    page, lost, draft, sign_in, aleksandra_in_english
):
    ola = factories.broker("Ola Nowak", organisation=factories.host("PL")).membership.user
    sign_in(ola)
    page.goto(lost)

    expect(page.get_by_label("Summary")).not_to_have_value(WORDS)
    expect(page.get_by_text(OFFER)).to_be_hidden()

    sign_in(aleksandra_in_english)
    page.goto(lost)
    expect(page.get_by_text(OFFER)).to_be_visible()


def test_words_that_were_thrown_away_or_left_by_signing_out_are_gone(
    page, lost, sign_in, aleksandra_in_english
):
    sign_in(aleksandra_in_english)
    page.goto(lost)
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    expect(page.get_by_text(OFFER)).to_be_hidden()

    page.get_by_label("Summary").fill(WORDS)
    page.get_by_role("button", name="Account:").click()
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("link", name="Log in").first.wait_for()
    sign_in(aleksandra_in_english)
    page.goto(lost)
    expect(page.get_by_text(OFFER)).to_be_hidden()


def test_new_profile_that_was_saved_is_not_offered_for_the_next_one(
    page, live_server, draft, sign_in, aleksandra_in_english
):
    sign_in(aleksandra_in_english)
    address = f"{live_server.url}{draft.company.get_absolute_url()}profiles/new/?type=TO"
    page.goto(address)
    page.get_by_label("Value-chain area").select_option("MKT")
    page.get_by_label("What the firm offers").fill(WORDS)
    page.wait_for_timeout(500)
    page.goto(address)
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("The draft is saved.").wait_for()

    page.goto(address)

    expect(page.get_by_label("What the firm offers")).to_have_value("")
    expect(page.get_by_text(OFFER)).to_be_hidden()


def test_points_and_comment_of_a_second_reader_are_offered_again(page, live_server, draft, johanna, sign_in):
    review = send_to_review(profile=draft, by=factories.BENCH)
    johanna.language = "en"
    johanna.save()
    sign_in(johanna)
    page.goto(f"{live_server.url}/reviews/{review.public_id}/")
    page.get_by_label("4: good").nth(1).check()
    page.get_by_label("Comment for the broker").fill(WORDS)
    page.wait_for_timeout(500)

    page.goto(f"{live_server.url}/reviews/{review.public_id}/")
    page.get_by_role("button", name="Put it back").click()

    expect(page.get_by_label("4: good").nth(1)).to_be_checked()
    expect(page.get_by_label("Comment for the broker")).to_have_value(WORDS)
    assert ProfileReview.objects.get().decided_at is None


@pytest.fixture
def type_and_lose(page, sign_in, aleksandra_in_english):
    """Write into a field, save when the session has ended, sign in again and come back to the page."""

    def lose(label, button, at):
        page.goto(at)
        page.get_by_label(label).fill(WORDS)
        Session.objects.all().delete()
        page.get_by_role("button", name=button).click()
        page.get_by_role("heading", name="Log in").first.wait_for()
        sign_in(aleksandra_in_english)
        page.goto(at)

    sign_in(aleksandra_in_english)
    return lose


@pytest.fixture
def assessment(draft, aleksandra_in_english):
    return start_assessment(company=draft.company, by=factories.actor(aleksandra_in_english))


@pytest.fixture
def completed(assessment):
    Assessment.objects.update(completed_at=assessment.created_at, chosen_area="PRC", recommended_area="PRC")
    assessment.refresh_from_db()
    return assessment


def test_the_reason_for_another_area_is_offered_again(page, live_server, assessment, type_and_lose, faults):
    reason = "Why another area than the recommended one?"
    address = live_server.url + reverse("assessment_result", args=[assessment.public_id])

    type_and_lose(reason, "Complete", address)
    assert faults() == []
    page.get_by_role("button", name="Put it back").click()

    expect(page.get_by_label(reason)).to_have_value(WORDS)


def test_a_reason_that_is_put_back_leaves_the_recommendation_that_is_shown_now(
    page, live_server, assessment, aleksandra_in_english, type_and_lose
):
    aleksandra, seen = factories.actor(aleksandra_in_english), page.locator("input[name=seen]")
    answer_items(assessment=assessment, rater="broker", given=as_given([*firm(3), *golden()]), by=aleksandra)
    address = live_server.url + reverse("assessment_result", args=[assessment.public_id])
    type_and_lose("Why another area than the recommended one?", "Complete", address)
    expect(seen).to_have_value("PRC")
    answer_items(assessment=assessment, rater="broker", given=as_given(rated("OPS", BEST)), by=aleksandra)

    page.reload()
    page.get_by_role("button", name="Put it back").click()

    expect(page.get_by_label("Why another area than the recommended one?")).to_have_value(WORDS)
    expect(seen).to_have_value("OPS")


@pytest.mark.parametrize(
    ("label", "button", "told"),
    [
        ("What is the plan to reach?", "Save the goal", "The goal is saved."),
        ("What is to be done?", "Save", "The step is saved."),
    ],
)
def test_goal_and_step_of_a_plan_are_offered_again_until_they_are_saved(
    page, live_server, completed, aleksandra_in_english, type_and_lose, label, button, told
):
    aleksandra = factories.actor(aleksandra_in_english)
    step = add_step(assessment=completed, what="Ask three carriers", waits_for="company", by=aleksandra)
    name, more = ("assessment_result", []) if "goal" in button else ("assessment_step", [step.pk])
    address = live_server.url + reverse(name, args=[completed.public_id, *more])
    words = page.locator("form[data-tibs-draft]").get_by_label(label)

    type_and_lose(label, button, address)
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text(told).wait_for()
    page.goto(address)

    expect(words).to_have_value(WORDS)
    expect(page.locator(OFFERED)).to_have_count(0)


def test_a_new_step_is_offered_again_though_its_form_is_folded_by_then(
    page, live_server, completed, aleksandra_in_english, type_and_lose
):
    address = live_server.url + reverse("assessment_result", args=[completed.public_id])
    type_and_lose("What is to be done?", "Add the step", address)
    add_step(assessment=completed, what="Ask three carriers", by=factories.actor(aleksandra_in_english))

    page.reload()
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Add the step").click()
    page.get_by_text("The step is in the plan.").wait_for()
    page.goto(address)

    assert set(ActionStep.objects.values_list("what", flat=True)) == {"Ask three carriers", WORDS}
    expect(page.locator(OFFERED)).to_have_count(0)


def test_a_goal_that_a_colleague_changed_meanwhile_is_not_offered_again_once_one_was_chosen(
    context, live_server, completed, sign_in, aleksandra_in_english
):
    """A tab of its own: its console may complain of the conflict."""
    page = context.new_page()
    address = live_server.url + reverse("assessment_result", args=[completed.public_id])
    sign_in(aleksandra_in_english)
    page.goto(address)
    page.get_by_label("What is the plan to reach?").fill(WORDS)
    set_goal(assessment=completed, goal="Two suppliers of oak", by=factories.actor(aleksandra_in_english))
    page.get_by_role("button", name="Save the goal").click()
    page.get_by_label("Two suppliers of oak").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The goal is saved.").wait_for()

    expect(page.get_by_label("What is the plan to reach?")).to_have_value("Two suppliers of oak")
    expect(page.locator(OFFERED)).to_have_count(0)


def test_somebody_who_rests_is_warned_and_stays_signed_in_by_a_click(
    page, live_server, draft, sign_in, aleksandra_in_english
):
    sign_in(aleksandra_in_english)
    page.clock.install()
    page.goto(f"{live_server.url}/profiles/{draft.public_id}/edit/")
    warning, stay = (
        page.get_by_text("You will be signed out"),
        page.get_by_role("button", name="Stay signed in"),
    )

    page.clock.fast_forward("50:00")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("05:00")
    expect(warning).to_be_visible()
    stay.click()
    expect(warning).to_be_hidden()

    page.clock.fast_forward("59:30")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
