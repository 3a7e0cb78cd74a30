"""The pages of a firm's own people in a real browser: no barrier in any look, and they work on a phone."""

import re

import pytest
from playwright.sync_api import expect

from companies.choices import Purpose
from companies.models import Consent
from companies.services.disclosures import reveal_contact
from companies.services.messages import send_message
from tests import factories

PAGES = ["", "data/", "consents/", "seen/", "messages/", "export/", "erasure/"]


@pytest.fixture(autouse=True)
def firm(transactional_db, sign_in):
    """Ewa's firm, which its broker looked at and wrote to."""
    host = factories.host("PL")
    broker = factories.broker("Aleksandra Nowak", organisation=host).membership.user
    factories.broker("Johanna Virtanen", organisation=factories.host("FI"))
    firm = factories.company("Stolarnia Dąb", host=host, owner=broker)
    ewa = factories.person("Ewa Lis")
    factories.contact(firm, "Ewa Lis", user=ewa)
    factories.consent(firm)
    reveal_contact(contact=firm.contacts.get(), by=factories.actor(broker))
    send_message(company=firm, body="Are you there on Monday?", by=factories.actor(broker))
    sign_in(ewa)
    return firm


@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_barrier_in_any_look(page, live_server, faults, firm, path):
    page.goto(f"{live_server.url}/mine/{firm.public_id}/{path}")

    assert faults() == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_consent_is_withdrawn_and_given_with_one_click_each(page, live_server, firm):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/mine/{firm.public_id}/consents/")

    page.get_by_role("button", name=re.compile("^Withdraw")).click()
    expect(page.get_by_text("The consent is withdrawn.")).to_be_visible()
    withdrawn = not Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS).exists()
    page.get_by_role("button", name="Agree Publish the anonymous profile").click()
    expect(page.get_by_text("The consent is noted.")).to_be_visible()

    assert withdrawn
    assert Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS).exists()
