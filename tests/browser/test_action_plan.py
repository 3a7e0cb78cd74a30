"""A broker writes an action plan and a visitor asks for their link, in every look."""

from django.urls import reverse

from companies.models import Assessment
from companies.services.assessments.starting import start_assessment
from tests import factories
from tests.browser.answering import begin


def test_a_broker_writes_changes_and_finishes_a_step(
    page, live_server, aleksandra_in_english, polish_company, sign_in, faults
):
    done = start_assessment(company=polish_company, by=factories.actor(aleksandra_in_english))
    Assessment.objects.update(completed_at=done.created_at, chosen_area="PRC", recommended_area="PRC")
    sign_in(aleksandra_in_english)
    page.goto(live_server.url + reverse("assessment_result", args=[done.public_id]))

    page.get_by_label("What is to be done?").fill("Ask three carriers")
    page.get_by_label("Until when?").fill("2020-05-04")
    page.get_by_role("button", name="Add the step").click()
    page.get_by_role("link", name="Change Ask three carriers").click()
    assert faults() == []
    page.get_by_label("What is to be done?").fill("Ask five carriers")
    page.get_by_role("button", name="Save").click()
    assert faults() == []
    assert "overdue since" in page.locator("#plan").inner_text()
    page.get_by_role("button", name="Mark as done Ask five carriers").click()

    assert page.locator("#plan .tag", has_text="Done").is_visible()


def test_a_visitor_sends_the_link_to_themselves(page, live_server, db, faults):
    page.goto(live_server.url + reverse("self_assessment"))
    begin(page)
    page.goto(live_server.url + reverse("self_assessment_mail"))
    assert faults() == []
    page.get_by_label("E-mail address").fill("eva@example.org")
    page.get_by_role("button", name="Send me the link").click()

    assert page.get_by_text("We are sending the link to eva@example.org.").is_visible()
    link = page.locator(".breaks a").get_attribute("href")
    page.context.clear_cookies()
    page.goto(live_server.url + link[link.index("/self-assessment") :])
    assert faults() == []
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("heading", name="The firm as a whole").is_visible()
