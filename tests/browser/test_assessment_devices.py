"""Answers of one assessment on several devices, and of several people on one."""

import pytest
from django.urls import reverse

from companies.models import Answer, Assessment
from companies.services.assessments.starting import start_assessment
from tests import factories
from tests.browser.answering import begin, choose, part, wait_until_saved, wait_until_told
from tests.waiting import eventually

DAY_AHEAD = "const now = Date.now; Date.now = () => now() + 24 * 3600 * 1000;"


@pytest.fixture
def assessment(aleksandra_in_english, polish_company):
    return start_assessment(company=polish_company, by=factories.actor(aleksandra_in_english))


def kept(area="PRC"):
    """Value and whether it applies, by item, of what was answered to an area."""
    rows = Answer.objects.filter(area=area).exclude(applies=True, set_aside="-")
    return {one.item: (one.value, one.applies) for one in rows}


def test_an_area_that_was_left_out_by_mistake_gets_its_answers_back(
    page, live_server, aleksandra_in_english, assessment, sign_in
):
    sign_in(aleksandra_in_english)
    page.goto(part(live_server, assessment, "quick"))
    choose(page, "PRC", "V1", 3)
    choose(page, "PRC", "V2", "dk")
    answered = {"V1": (3, True), "V2": (None, True)}
    assert eventually(lambda: kept() == answered), kept()
    left_out = page.locator("input[name=out_PRC]")

    left_out.check()
    assert eventually(lambda: kept().get("V1") == (None, False)), kept()
    page.reload()
    was_ticked = left_out.is_checked()
    left_out.uncheck()

    assert was_ticked
    assert eventually(lambda: kept() == answered), kept()
    page.reload()
    assert not left_out.is_checked()
    assert page.locator("input[name=q_PRC_V1][value='3']").is_checked()
    assert page.locator("input[name=q_PRC_V2][value=dk]").is_checked()


def test_a_device_whose_clock_is_a_day_ahead_does_not_freeze_the_answers_of_another(
    context, live_server, aleksandra_in_english, assessment, sign_in
):
    """The stale tab hears once that a newer answer is kept, and is right from then on; a fresh one is at once."""
    sign_in(aleksandra_in_english)
    address = part(live_server, assessment, "quick")
    ahead, stale, fresh = (context.new_page() for _ in range(3))
    stale.goto(address)
    ahead.add_init_script(DAY_AHEAD)
    ahead.goto(address)
    for item in ("V1", "V2"):
        choose(ahead, "PRC", item, 1)
    assert eventually(lambda: kept() == {"V1": (1, True), "V2": (1, True)}), kept()

    stale.bring_to_front()
    # A plain click: the page takes its mark back as soon as it hears of the other answer.
    stale.locator("input[name=q_PRC_V1][value='3']").click()
    wait_until_told(stale, "A newer answer was saved")
    choose(stale, "PRC", "V1", 3)
    fresh.goto(address)
    choose(fresh, "PRC", "V2", 4)

    assert eventually(lambda: kept() == {"V1": (3, True), "V2": (4, True)}), kept()


def test_what_waits_of_one_visitor_never_reaches_the_next_on_the_same_device(context, live_server, db):
    welcome, autosave = live_server.url + reverse("self_assessment"), "**" + reverse("self_assessment_answer")
    first, second = context.new_page(), context.new_page()
    first.goto(welcome)
    begin(first)
    context.route(autosave, lambda route: route.abort())
    choose(first, "", "FC1", 4)
    wait_until_told(first, "No connection")

    second.goto(welcome)
    begin(second, "Begin anew")
    context.unroute(autosave)
    choose(second, "", "FC2", 2)
    wait_until_saved(second)
    wait_until_told(first, "Another self-assessment is open in this browser")
    assert first.get_by_role("link", name="Begin anew").is_visible()

    earlier, later = Assessment.objects.order_by("id")
    assert not earlier.answers.exists()
    assert [(one.item, one.value) for one in later.answers.all()] == [("FC2", 2)]
    second.reload()
    assert not second.locator("input[name=q__FC1]:checked").count()

    first.get_by_role("link", name="Go on with this self-assessment").click()
    first.get_by_role("button", name="Continue").click()
    wait_until_saved(first)
    assert [(one.item, one.value) for one in earlier.answers.all()] == [("FC1", 4)]
