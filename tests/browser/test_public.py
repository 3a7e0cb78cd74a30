"""The public pages in a real browser: no barrier, no fault in the console, nobody else asked, in every look."""

import re

import pytest
from playwright.sync_api import expect

from regions.models import Region
from tests import factories

COUNTRIES = ["PL", "FI", "LT"]


@pytest.fixture(autouse=True)
def network(transactional_db):
    """Brokers and opportunities in three countries, one text in Lithuanian."""
    for column, code in enumerate(COUNTRIES):
        host = factories.host(code)
        factories.broker(f"Broker of {code}", organisation=host)
        Region.objects.filter(country=code, level=2).update(map_x=column, map_y=column, partner_area=True)
        company = factories.company(f"Firm of {code}", host=host)
        factories.profile(company, offered=f"Boards from {code}.", language="lt" if code == "LT" else "en")


@pytest.mark.parametrize(
    "path", ["/", "/opportunities/", "/opportunities/?q=nothing", "/brokers/", "/privacy/"]
)
def test_page_has_no_barrier_in_any_look(page, live_server, faults, path):
    page.goto(live_server.url + path)

    assert faults() == []


@pytest.mark.parametrize("path", ["/imprint/", "/help/", "/accessibility/"])
def test_notice_has_no_barrier(page, live_server, axe, path):
    page.goto(live_server.url + path)

    assert axe(page) == []


def test_opportunity_has_no_barrier_in_any_look(page, live_server, faults):
    page.goto(f"{live_server.url}/opportunities/?country=LT")
    page.get_by_role("link", name="Boards from LT.").click()

    expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "lt")
    assert faults() == []


@pytest.mark.parametrize("path", ["/", "/opportunities/", "/brokers/", "/privacy/"])
def test_nothing_is_wider_than_a_small_phone(page, live_server, path):
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(live_server.url + path)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_list_narrows_while_typing_and_the_address_keeps_the_state(page, live_server):
    page.goto(f"{live_server.url}/opportunities/")

    page.get_by_label("Words or reference").press_sequentially("boards fi")

    expect(page.get_by_role("heading", name="1 opportunity fits")).to_be_visible()
    expect(page).to_have_url(re.compile("q=boards"))


def test_country_on_the_map_is_reached_and_opened_by_keyboard(page, live_server):
    page.goto(live_server.url)
    page.get_by_role("link", name="Finland: brokers in").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Brokers in Finland")).to_be_visible()


def test_visitor_gets_no_more_than_three_cookies(page, live_server, context):
    for path in ["/", "/opportunities/", "/brokers/"]:
        page.goto(live_server.url + path)

    assert {cookie["name"] for cookie in context.cookies()} <= {"tibs_session", "tibs_csrf", "tibs_language"}
