"""Sessions that last, rest or end in the middle of an assessment: nobody is told what is not so, no answer is lost."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from companies.models import Answer
from companies.services.assessments.starting import start_assessment
from tests import factories
from tests.browser.answering import begin, choose, part, wait_until_saved, wait_until_told

UNSENT = "Answers that wait on this device are not in this result yet."
# As if the page of an older instrument had left it on the device.
WITH_A_REFUSED_ONE = """() => {
  const name = Object.keys(localStorage).find((one) => one.startsWith("tibs:"));
  const waiting = JSON.parse(localStorage.getItem(name));
  const refused = { ...waiting["PRC V1"], item: "V9" };
  localStorage.setItem(name, JSON.stringify({ ...waiting, "PRC V9": refused }));
}"""


@pytest.fixture
def assessment(aleksandra_in_english, polish_company):
    return start_assessment(company=polish_company, by=factories.actor(aleksandra_in_english))


@pytest.fixture
def begun(context, live_server, db):
    """The tab of a visitor who has begun; its console may complain about answers that are refused."""
    tab = context.new_page()
    tab.goto(live_server.url + reverse("self_assessment"))
    begin(tab)
    return tab


def kept():
    return dict(Answer.objects.values_list("item", "value"))


def test_answers_that_are_saved_keep_the_broker_signed_in_and_unwarned(
    page, live_server, aleksandra_in_english, assessment, sign_in
):
    sign_in(aleksandra_in_english)
    page.clock.install()
    page.goto(part(live_server, assessment, "PRC"))
    warning = page.get_by_text("You will be signed out")

    page.clock.fast_forward("50:00")
    choose(page, "PRC", "V1", 3)
    wait_until_saved(page)
    page.clock.fast_forward("09:30")
    expect(warning).to_be_hidden()
    expect(page.get_by_text("You are signed out.")).to_be_hidden()

    page.clock.fast_forward("46:00")
    expect(warning).to_be_visible()


def test_a_result_waits_for_the_answers_of_this_device_before_it_can_be_completed(
    context, live_server, aleksandra_in_english, assessment, sign_in, axe
):
    sign_in(aleksandra_in_english)
    tab, autosave = context.new_page(), "**" + reverse("assessment_answer", args=[assessment.public_id])
    tab.goto(part(live_server, assessment, "PRC"))
    context.route(autosave, lambda route: route.abort())
    choose(tab, "PRC", "V1", 3)
    wait_until_told(tab, "No connection")

    tab.goto(live_server.url + reverse("assessment_result", args=[assessment.public_id]))
    unsent, complete = tab.get_by_text(UNSENT), tab.get_by_role("button", name="Complete")
    expect(unsent).to_be_visible()
    expect(complete).to_be_hidden()
    assert axe(tab) == []
    context.unroute(autosave)

    expect(complete).to_be_visible(timeout=15000)
    expect(unsent).to_be_hidden()
    assert kept() == {"V1": 3}


def test_what_was_answered_before_the_scripts_arrived_is_saved(
    context, live_server, aleksandra_in_english, assessment, sign_in
):
    sign_in(aleksandra_in_english)
    tab, on_the_way = context.new_page(), []
    context.route("**/assessment*.js", lambda route: on_the_way.append(route))
    tab.goto(part(live_server, assessment, "PRC"), wait_until="commit")
    choose(tab, "PRC", "V1", 3)
    before = kept()

    on_the_way[0].continue_()

    wait_until_saved(tab)
    assert (before, kept()) == ({}, {"V1": 3})


def test_a_visitor_registers_with_all_answers_of_the_device(begun, context, live_server):
    autosave = "**" + reverse("self_assessment_answer")
    context.route(autosave, lambda route: route.abort())
    choose(begun, "", "FC1", 4)
    wait_until_told(begun, "No connection")

    begun.goto(live_server.url + reverse("self_assessment_result"))
    register = begun.get_by_role("main").get_by_role("link", name="Register your company")
    expect(begun.get_by_text(UNSENT)).to_be_visible()
    expect(register).to_be_hidden()
    context.unroute(autosave)

    expect(register).to_be_visible(timeout=15000)
    assert kept() == {"FC1": 4}


def test_a_result_is_drawn_again_though_one_of_several_waiting_answers_is_refused(
    context, live_server, aleksandra_in_english, assessment, sign_in
):
    sign_in(aleksandra_in_english)
    tab, autosave = context.new_page(), "**" + reverse("assessment_answer", args=[assessment.public_id])
    tab.goto(part(live_server, assessment, "PRC"))
    context.route(autosave, lambda route: route.abort())
    choose(tab, "PRC", "V1", 3)
    wait_until_told(tab, "No connection")
    tab.evaluate(WITH_A_REFUSED_ONE)
    tab.goto(live_server.url + reverse("assessment_result", args=[assessment.public_id]))
    expect(tab.get_by_text(UNSENT)).to_be_visible()

    with tab.expect_event("domcontentloaded", timeout=15000):
        context.unroute(autosave)

    wait_until_told(tab, "This question is not one of the assessment.")
    expect(tab.get_by_role("button", name="Complete")).to_be_visible()
    assert kept() == {"V1": 3}


@pytest.mark.parametrize("who", ["broker", "firm"])
def test_answers_that_wait_when_a_colleague_completes_are_told_to_be_too_late(
    context, live_server, aleksandra_in_english, assessment, sign_in, who
):
    factories.contact(assessment.company, user=(owner := factories.person("Ewa Lis")))
    sign_in(aleksandra_in_english if who == "broker" else owner)
    tab, autosave = context.new_page(), "**" + reverse("assessment_answer", args=[assessment.public_id])
    tab.goto(part(live_server, assessment, "quick"))
    context.route(autosave, lambda route: route.abort())
    choose(tab, "PRC", "V1", 3)
    wait_until_told(tab, "No connection")
    type(assessment).objects.update(
        completed_at=assessment.created_at, chosen_area="PRC", recommended_area="PRC"
    )
    context.unroute(autosave)

    tab.goto(live_server.url + reverse("assessment_result", args=[assessment.public_id]))

    wait_until_told(tab, "The assessment is completed.")
    assert kept() == {}
    assert tab.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tibs:'))") == []


def test_a_visitor_goes_on_answering_the_morning_after(begun):
    """The session lasts half a day; the page knows its link."""
    Session.objects.all().delete()

    choose(begun, "", "FC1", 4)
    wait_until_saved(begun)
    begun.reload()

    assert begun.locator("input[name=q__FC1][value='4']").is_checked()


def test_a_visitor_whose_browser_forgot_all_is_led_back_by_the_link_and_loses_nothing(begun, context, axe):
    context.clear_cookies()
    choose(begun, "", "FC1", 4)
    wait_until_told(begun, "Go on with this one by its link")
    assert axe(begun) == []
    address = begun.url

    begun.get_by_role("link", name="Go on with this self-assessment").click()
    begun.get_by_role("button", name="Continue").click()

    expect(begun).to_have_url(address)
    wait_until_saved(begun)
    assert kept() == {"FC1": 4}


def test_a_broker_whose_firm_was_handed_over_is_told_so_and_not_of_a_self_assessment(
    context, live_server, aleksandra_in_english, assessment, sign_in
):
    sign_in(aleksandra_in_english)
    tab = context.new_page()
    tab.goto(part(live_server, assessment, "PRC"))
    other = factories.broker("Hans Vogel", organisation=factories.host("DE"))
    type(assessment.company).objects.update(owner=other.membership.user, host=other.membership.organisation)

    choose(tab, "PRC", "V1", 3)

    wait_until_told(tab, "This assessment is not yours any more.")
    assert kept() == {}
