"""A broker writes a profile in a real browser: chooses its type, writes, sees remarks and counts, looks at it."""

import pytest

from companies.models import CooperationProfile
from companies.profiles.checks import LONGEST
from tests import factories


@pytest.fixture
def company(aleksandra_in_english, sign_in):
    """A firm without a profile; Aleksandra is signed in."""
    factories.country("FI")
    made = factories.company("Stolarnia Dąb", host=factories.host("PL"), owner=aleksandra_in_english)
    sign_in(aleksandra_in_english)
    return made


def write(page, live_server, company):
    page.goto(f"{live_server.url}{company.get_absolute_url()}profiles/new/")
    page.get_by_role("link", name="Write it Business offer").click()
    page.get_by_label("Value-chain area").select_option("MKT")
    page.get_by_label("Title (needed").fill("Dry oak boards for makers of furniture")
    page.get_by_label("Summary").fill("The leading mill, Stolarnia Dąb, offers boards.")
    page.get_by_label("What the firm offers").fill("The mill planes oak boards to order.")
    page.get_by_role("button", name="Save").first.click()
    page.get_by_text("The draft is saved.").wait_for()
    page.get_by_text("“Stolarnia Dąb” is the name of the company.").first.wait_for()

    page.get_by_label("Summary").fill("A Polish mill offers planed boards.")
    page.get_by_role("button", name="Save and preview").click()
    page.get_by_text("The profile is saved.").wait_for()
    page.get_by_role("heading", name="Dry oak boards for makers of furniture").wait_for()

    assert CooperationProfile.objects.get().area == "MKT"


def test_profile_is_written_and_seen_as_others_see_it(page, live_server, company, faults):
    write(page, live_server, company)
    found = faults()
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("heading", name="Edit the profile").wait_for()
    found += faults()
    page.get_by_role("link", name="Add or change a translation").click()
    found += faults()

    assert found == []


def test_the_same_on_a_phone_without_javascript(new_context, sign_in, context, live_server, company):
    phone = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    phone.add_cookies(context.cookies())
    page = phone.new_page()

    write(page, live_server, company)

    assert page.locator("html").bounding_box()["width"] <= 390
    phone.close()


def test_the_browser_counts_as_the_server_does(page, live_server, company):
    draft = factories.draft(company)
    page.goto(f"{live_server.url}/profiles/{draft.public_id}/edit/")
    labels = {
        "title": "Title (needed",
        "summary": "Summary",
        "offered": "What the firm offers",
        "sought": "The role of the partner",
        "advantages": "Advantages and innovation",
        "technical": "Technical details",
    }

    for part, label in labels.items():
        most = LONGEST[part]
        odd = "🪵e\u0301" if part == "title" else "🪵e\u0301\n"
        text = "a" + odd + "x" * (most - len(odd) - 1)
        page.get_by_label(label).fill(f"  {text}y ")
        page.get_by_text(f"{most + 1} of {most} characters").first.wait_for()
        page.get_by_label(label).fill(f"  {text} ")
        page.get_by_text(f"{most} of {most} characters", exact=True).first.wait_for()
    page.get_by_role("button", name="Save").first.click()
    page.get_by_text("The profile is saved.").wait_for()

    kept = draft.texts.get(is_original=True)
    assert {part: len(getattr(kept, part)) for part in labels} == LONGEST


def test_letters_are_counted_and_words_checked_while_they_are_written(page, live_server, company):
    draft = factories.draft(company)
    page.goto(f"{live_server.url}/profiles/{draft.public_id}/edit/")

    page.get_by_label("Summary").fill("Call +48 600 700 800.")

    page.get_by_text("21 of 500 characters").wait_for()
    page.get_by_text("“+48 600 700 800” looks like a phone number.").wait_for()
    page.get_by_label("Summary").fill("x" * 501)
    page.get_by_text("501 of 500 characters").wait_for()
