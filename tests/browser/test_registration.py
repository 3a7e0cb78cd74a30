"""A firm registers itself in a real browser: with JavaScript and without it, in every look."""

import re

import pytest
from playwright.sync_api import Page, expect

from companies.models import Company
from regions.models import NaceCode, PostcodeArea
from tests import factories
from tests.companies.filling import link_in
from tests.letters import letters_to

ADDRESS = "eva@koks.example"


@pytest.fixture(autouse=True)
def vidzeme(transactional_db, monkeypatch):
    """Ilze serves Vidzeme. The browser is as fast as a program, so nobody measures how long it takes."""
    factories.broker("Ilze Bērziņa", organisation=factories.host("LV"), languages=("lv", "en"))
    factories.country("EE")
    factories.nace("31.00")
    NaceCode.objects.filter(code="31").update(label_en="Manufacture of furniture")
    PostcodeArea.objects.create(country_id="LV", prefix="42", region_id="LV00C")
    monkeypatch.setattr("companies.forms.human.LEAST_SECONDS", 0)
    monkeypatch.setattr("companies.suspicion.LEAST_SECONDS", 0)


@pytest.fixture
def plain_page(browser, browser_context_args):
    """A browser in which no script runs."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").click()


def answer_before_the_branch(page: Page) -> None:
    page.get_by_label("Your name").fill("Eva Kalniņa")
    page.get_by_label("E-mail address").fill(ADDRESS)
    save(page)
    page.get_by_label("Legal name").fill("SIA Vidzemes koks")
    page.get_by_label("Country").select_option("LV")
    page.get_by_label("Register number").fill("40103000009")
    save(page)
    page.get_by_label("Postcode").fill("LV-4201")
    page.get_by_label("Town").fill("Valmiera")
    save(page)
    page.get_by_label("What do you make").fill("We build oak furniture.")


def answer_after_the_branch(page: Page) -> None:
    page.get_by_label("Manufacture of furniture").check()
    save(page)
    page.get_by_label("Autonomous").check()
    page.get_by_label("How many people").fill("34")
    page.get_by_role("group", name="Yearly turnover").get_by_label("more than 2, up to 10").check()
    save(page)
    page.get_by_label("What would you like to achieve").fill("A supplier of dry oak.")
    save(page)
    page.get_by_label("without our name").check()
    page.get_by_label("I may register this company").check()
    save(page)


def send_and_confirm(page: Page, url: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.get_by_role("button", name="Send the registration").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please open your mail")
    page.goto(url + link_in(letters_to(ADDRESS)[-1][1]))
    page.get_by_role("button", name="Yes, confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(page.get_by_text("Ilze Bērziņa")).to_be_visible()


def test_firm_registers_without_javascript(plain_page, live_server):
    plain_page.goto(f"{live_server.url}/register/")
    plain_page.get_by_role("link", name="Start now").click()
    answer_before_the_branch(plain_page)
    plain_page.get_by_label("Your branch").fill("furniture")
    plain_page.get_by_role("button", name="Search for branches").click()
    answer_after_the_branch(plain_page)
    send_and_confirm(plain_page, live_server.url)

    assert Company.objects.get().size_class == "SMALL"


def test_firm_registers_with_branches_found_while_typing(page, live_server, axe):
    page.goto(f"{live_server.url}/register/about/")
    answer_before_the_branch(page)
    page.get_by_label("Your branch").press_sequentially("furniture")
    expect(page.get_by_label("Manufacture of furniture")).to_be_visible()
    expect(page.get_by_label("What do you make")).to_have_value("We build oak furniture.")
    assert axe(page) == []
    answer_after_the_branch(page)
    send_and_confirm(page, live_server.url)

    assert Company.objects.get().nace_id == "31"


def test_errors_take_the_focus_and_lead_to_their_fields(page, live_server, axe):
    page.goto(f"{live_server.url}/register/about/")
    page.get_by_label("Your name").fill("Eva")

    save(page)

    expect(page).to_have_title(re.compile("Error:"))
    expect(page.locator(".problem")).to_be_focused()
    page.get_by_role("link", name="E-mail address").click()
    expect(page.get_by_label("E-mail address")).to_be_focused()
    expect(page.get_by_label("Your name")).to_have_value("Eva")
    assert axe(page) == []


@pytest.mark.parametrize("path", ["", "about/", "company/", "activity/", "size/", "consents/"])
def test_section_has_no_barrier_in_any_look(page, live_server, faults, path):
    page.goto(f"{live_server.url}/register/{path}")

    assert faults() == []


def test_trap_is_out_of_reach_for_the_keyboard(page, live_server):
    page.goto(f"{live_server.url}/register/about/")
    reached = []

    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || ''"))

    assert "email" in reached
    assert "extra" not in reached
