"""A broker's pipeline in a real browser: by menu, by keys, by hand, in bulk, and the way back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from companies.choices import Stage
from companies.models import Company
from companies.services.next_steps import Step, set_next_step
from tests import factories


@pytest.fixture
def leads(aleksandra_in_english, sign_in):
    """Three leads of Aleksandra, who is signed in; one of them is overdue."""
    host = factories.host("PL")
    made = [
        factories.company(name, host=host, owner=aleksandra_in_english, stage="lead")
        for name in ("Tartak Brzoza", "Tartak Jodła", "Tartak Sosna")
    ]
    yesterday = timezone.localdate() - timedelta(days=1)
    set_next_step(company=made[0], step=Step("Call Eva", yesterday), by=factories.BENCH)
    sign_in(aleksandra_in_english)
    return made


def stage_of(company):
    return Company.objects.get(pk=company.pk).stage


def lane(page, stage):
    return page.locator(f"[data-tibs-lane={stage}]")


def test_a_card_moves_by_its_menu_in_two_clicks_and_back_by_undo(page, live_server, leads, faults):
    page.goto(f"{live_server.url}/pipeline/")
    assert faults() == []
    card = page.locator(".ticket", has_text="Tartak Brzoza")

    card.get_by_text("Move to…").click()
    card.get_by_role("button", name="Screening").click()

    page.get_by_text("1 company was moved to: Screening.").wait_for()
    assert lane(page, Stage.SCREENING).get_by_role("link", name="Tartak Brzoza").is_visible()
    assert faults() == []
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("1 company is as it was before.").wait_for()
    assert stage_of(leads[0]) == "lead"


def test_a_card_moves_by_keys_alone(page, live_server, leads):
    page.goto(f"{live_server.url}/pipeline/")

    for key in ("j", "j", "k", "m"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")

    page.get_by_text("1 company was moved to: Screening.").wait_for()
    assert stage_of(leads[0]) == "screening"


def test_a_card_is_dragged_to_where_its_life_cycle_leads(page, live_server, leads):
    page.goto(f"{live_server.url}/pipeline/")
    card = page.locator(".ticket", has_text="Tartak Sosna")

    card.drag_to(lane(page, Stage.ACTIVE))
    card.drag_to(lane(page, Stage.SCREENING))

    page.get_by_text("1 company was moved to: Screening.").wait_for()
    assert stage_of(leads[2]) == "screening"


def test_several_rows_are_moved_at_once_and_taken_back(page, live_server, leads, faults):
    page.goto(f"{live_server.url}/companies/?stage=lead")
    for name in ("Tartak Brzoza", "Tartak Jodła"):
        page.get_by_role("checkbox", name=f"Choose {name}").check()
    assert page.get_by_text("Chosen: 2").is_visible()
    assert faults() == []

    page.get_by_role("button", name="Move to…").click()
    assert faults() == []
    page.get_by_label("Move to").select_option("screening")
    page.get_by_role("button", name="Move", exact=True).click()

    page.get_by_text("2 companies were moved to: Screening.").wait_for()
    assert "stage=lead" in page.url
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("2 companies are as they were before.").wait_for()
    assert {stage_of(lead) for lead in leads} == {"lead"}


def test_filters_are_kept_as_a_view_and_survive_a_company(page, live_server, leads, faults):
    page.goto(f"{live_server.url}/companies/")
    page.get_by_role("combobox", name="Next step").select_option("overdue")
    page.get_by_text("1 company", exact=True).wait_for()

    page.get_by_text("Save this view…").click()
    page.get_by_label("Name of the view").fill("Late ones")
    page.get_by_role("button", name="Save", exact=True).click()

    view = page.get_by_role("link", name="Late ones")
    view.wait_for()
    assert view.get_attribute("aria-current") == "page"
    page.get_by_role("link", name="Tartak Brzoza").click()
    page.get_by_role("navigation", name="You are here").get_by_role("link", name="Companies").click()
    page.wait_for_url("**/companies/?**step=overdue**")
    page.goto(f"{live_server.url}/views/")
    assert faults() == []


@pytest.mark.parametrize(("key", "page_name"), [("e", "edit"), ("n", "next-step")])
def test_keys_open_the_forms_of_the_company_in_focus(page, live_server, leads, key, page_name):
    page.goto(f"{live_server.url}/companies/")

    page.keyboard.press(key)
    assert page.url.endswith("/companies/")
    page.keyboard.press("j")
    page.keyboard.press(key)

    page.wait_for_url(f"**{leads[0].get_absolute_url()}{page_name}/**")


def test_the_menu_of_a_card_stays_on_the_screen(page, live_server, leads):
    page.goto(f"{live_server.url}/pipeline/")

    page.locator(".ticket summary").first.click()

    box = page.locator(".ticket .drop__list").first.bounding_box()
    assert box["x"] >= 0
    assert box["width"] >= 150


def test_help_shows_the_keys_and_switches_them_off(page, live_server, leads, axe):
    page.goto(f"{live_server.url}/pipeline/")

    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Keys")
    assert help_.is_visible()
    assert axe(page) == []
    help_.get_by_label("Single keys work").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not help_.is_visible()


def test_keys_do_nothing_while_somebody_types(page, live_server, leads):
    page.goto(f"{live_server.url}/companies/")

    page.keyboard.press("/")
    page.keyboard.type("?jkm")

    assert page.get_by_label("Name, town or number").first.input_value() == "?jkm"
    assert page.get_by_role("dialog", name="Keys").is_hidden()


def test_the_jump_box_leads_to_a_company(page, live_server, leads, axe):
    page.goto(f"{live_server.url}/work/")

    page.keyboard.press("Control+k")
    page.keyboard.type("sosna")
    page.locator("#jump-results a").wait_for()
    assert axe(page) == []
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{leads[2].get_absolute_url()}")


def test_the_home_says_what_is_due_and_takes_the_next_step(page, live_server, leads, faults):
    page.goto(f"{live_server.url}/work/")
    assert faults() == []
    row = page.get_by_role("listitem").filter(has_text="Tartak Brzoza")

    row.get_by_text("Done, and next").click()
    row.get_by_role("button", name="Done", exact=True).click()

    page.get_by_text("Done: Call Eva").wait_for()
    assert page.locator("#due").count() == 0


@pytest.mark.parametrize("path", ["/work/", "/companies/", "/pipeline/"])
def test_the_pages_fit_a_narrow_phone(page, live_server, leads, path):
    page.set_viewport_size({"width": 320, "height": 700})

    page.goto(f"{live_server.url}{path}")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
