"""A broker works with a new company in a real browser: takes it, screens it, logs a visit, plans, and moves it."""

import pytest

from companies.models import Interaction, NextStep
from companies.screening_criteria import CURRENT
from tests import factories


@pytest.fixture
def lead(aleksandra_in_english, sign_in):
    """A firm that nobody is responsible for yet; Aleksandra is signed in."""
    company = factories.company("Nowa Firma", host=factories.host("PL"))
    factories.contact(company, "Eva Kask")
    sign_in(aleksandra_in_english)
    return company


def give_points(page, points):
    for criterion in CURRENT.criteria:
        page.locator(f"input[name={criterion.code}][value='{points}']").check()
    page.get_by_role("button", name="Decide by these points").click()


def go_the_whole_way(page, live_server, lead):
    page.goto(f"{live_server.url}{lead.get_absolute_url()}")
    page.get_by_role("button", name="Take this company").click()
    page.get_by_text("Nowa Firma is in your care now.").wait_for()

    page.get_by_role("link", name="Fill in the criteria").click()
    give_points(page, 2)
    page.get_by_text("Eligible, with 14 of 14 points.").wait_for()

    page.locator("summary", has_text="Log a contact").click()
    log = page.locator("details", has_text="Log a contact")
    log.get_by_label("Channel").select_option("visit")
    log.get_by_label("Hours").fill("1.5")
    log.get_by_label("What it was about").fill("They plane oak and want to sell in Finland.")
    log.get_by_role("button", name="Log the contact").click()
    page.locator(".timeline").get_by_text("They plane oak and want to sell in Finland.").wait_for()

    step = page.get_by_role("region", name="No next step")
    step.get_by_label("What to do next").fill("Send the questions")
    step.get_by_label("Until").fill("2030-01-15")
    step.get_by_role("button", name="Set the next step").click()
    page.get_by_role("region", name="Next step").get_by_text("Send the questions").wait_for()

    page.get_by_role("button", name="Move to Enrolled").click()
    page.get_by_text("Nowa Firma was moved.").wait_for()

    lead.refresh_from_db()
    assert lead.stage == "enrolled"
    assert (Interaction.objects.get().channel, NextStep.objects.get().what) == ("visit", "Send the questions")


def test_from_the_lead_to_the_enrolled_company(page, live_server, lead, faults):
    go_the_whole_way(page, live_server, lead)

    assert faults() == []


def test_the_same_on_a_phone_without_javascript(new_context, sign_in, context, live_server, lead):
    phone = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    phone.add_cookies(context.cookies())
    page = phone.new_page()

    go_the_whole_way(page, live_server, lead)

    assert page.locator("html").bounding_box()["width"] <= 390
    phone.close()


def test_a_call_is_logged_in_two_clicks_and_done_is_one(
    page, live_server, aleksandra_in_english, polish_company, sign_in
):
    step = factories.next_step(polish_company)
    sign_in(aleksandra_in_english)
    page.goto(f"{live_server.url}{polish_company.get_absolute_url()}")

    page.locator("summary", has_text="Log a contact").click()
    page.get_by_role("button", name="Log the contact").click()
    page.get_by_text("The contact was logged.").wait_for()
    page.get_by_role("button", name="Done, and next").click()
    page.get_by_text("Done: Send the notes").wait_for()

    step.refresh_from_db()
    assert step.done_at
    assert Interaction.objects.get().channel == "call"


def test_a_refusal_is_read_before_it_is_sent(page, live_server, aleksandra_in_english, lead, faults):
    page.goto(f"{live_server.url}{lead.get_absolute_url()}")
    page.get_by_role("button", name="Take this company").click()
    page.get_by_role("link", name="Fill in the criteria").click()
    assert faults() == []

    give_points(page, 0)
    assert page.get_by_text("by the European definition your company is larger").is_visible()
    assert faults() == []
    page.get_by_role("button", name="Decide: not eligible").click()

    page.get_by_text("Not eligible, with 0 of 14 points.").wait_for()
