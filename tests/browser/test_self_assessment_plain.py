"""The public self-assessment on a phone without JavaScript, and by keyboard alone."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from companies.models import Answer
from tests.browser.people import PHONE
from tests.companies.assessments.sheets import V1

PRC = dict(zip(V1.quick_items, (4, 4, 4, 3, 1), strict=True))
FOUND = "Procurement is the most promising area"


@pytest.fixture
def phone(browser, browser_context_args, live_server, db):
    """A phone that runs no script."""
    context = browser.new_context(**browser_context_args | PHONE)
    yield context.new_page()
    context.close()


def fits(page):
    """Whether nothing of the page lies beside the screen."""
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def kept():
    return {(one.area, one.item): one.value for one in Answer.objects.all()}


def test_a_visitor_answers_comes_back_and_sees_the_result_without_javascript(phone, live_server):
    phone.goto(live_server.url + reverse("self_assessment"))
    assert fits(phone)
    phone.get_by_role("main").get_by_role("button", name="Begin").click()
    assert fits(phone)
    phone.locator("input[name=q__FC1][value='3']").check()
    phone.get_by_label("Which of these describes the firm best?").select_option("active")
    phone.get_by_role("button", name="Save and go on").click()

    expect(phone.get_by_role("heading", name="Quick scan of all areas")).to_be_visible()
    assert fits(phone)
    for item, value in PRC.items():
        phone.locator(f"input[name=q_PRC_{item}][value='{value}']").check()
    phone.locator("input[name=out_SRV]").check()
    phone.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    phone.get_by_role("button", name="Save and go on").click()

    expect(phone.locator(".lead")).to_contain_text(FOUND)
    assert fits(phone)
    answers = kept()
    assert {item: answers["PRC", item] for item in PRC} == PRC
    assert answers["", "FC1"] == 3
    phone.get_by_role("link", name="Back to the questions").click()
    assert phone.locator("input[name=q__FC1][value='3']").is_checked()
    expect(phone.get_by_label("Which of these describes the firm best?")).to_have_value("active")
    phone.get_by_role("link", name="Quick scan of all areas").click()
    assert phone.locator("input[name=out_SRV]").is_checked()
    assert phone.locator("input[name=q_PRC_V1][value='4']").is_checked()


def test_a_browser_without_javascript_that_lost_its_session_is_led_back_by_the_link(phone, live_server):
    phone.goto(live_server.url + reverse("self_assessment"))
    phone.get_by_role("main").get_by_role("button", name="Begin").click()
    here, link = phone.url, phone.locator(".breaks a").get_attribute("href")
    phone.context.clear_cookies()

    phone.goto(here)
    expect(phone.get_by_role("heading", name="Open your link to go on")).to_be_visible()
    assert fits(phone)
    phone.goto(live_server.url + link[link.index("/self-assessment") :])
    phone.get_by_role("button", name="Continue").click()

    expect(phone).to_have_url(here)


def test_a_visitor_answers_by_keyboard_alone_without_javascript(phone, live_server):
    def tab_to(found):
        """Walk with Tab, as somebody without a mouse does; nothing may hold the focus."""
        for _ in range(120):
            phone.keyboard.press("Tab")
            if found.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError("not reached by Tab")

    def answer(area, item, value):
        """Space takes the first answer, 0; each arrow the next one."""
        tab_to(phone.locator(f"input[name=q_{area}_{item}]").first)
        phone.keyboard.press("Space")
        for _ in range(value):
            phone.keyboard.press("ArrowDown")

    phone.goto(live_server.url + reverse("self_assessment"))
    tab_to(phone.get_by_role("main").get_by_role("button", name="Begin"))
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/firm/")
    answer("", "FC1", 3)
    tab_to(phone.get_by_role("button", name="Save and go on"))
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/quick/")
    for item, value in PRC.items():
        answer("PRC", item, value)
    phone.keyboard.press("Enter")

    phone.wait_for_url("**/result/")
    expect(phone.locator(".lead")).to_contain_text(FOUND)
    assert kept() == {("", "FC1"): 3} | {("PRC", item): value for item, value in PRC.items()}
