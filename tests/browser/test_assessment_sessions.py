"""Sessions that last, rest or end in the middle of an assessment: nobody is told what is not so, no answer is lost."""

import pytest
from playwright.sync_api import expect

from companies.services.assessments.starting import start_assessment
from tests import factories
from tests.browser.answering import choose, part, wait_until_saved


@pytest.fixture
def assessment(aleksandra_in_english, polish_company):
    return start_assessment(company=polish_company, by=factories.actor(aleksandra_in_english))


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
