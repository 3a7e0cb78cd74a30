"""Answering the questions of an assessment in a browser, and reading what its page says of them."""

from django.urls import reverse

from companies.views.assessments.sittings import FIRM_PART


def part(live_server, assessment, name):
    return live_server.url + reverse("assessment_part", args=[assessment.public_id, name])


def begin(page, button="Begin"):
    """A visitor's first questions. What is routed while that page is on its way might not be routed on it."""
    page.get_by_role("main").get_by_role("button", name=button).click()
    page.wait_for_url("**" + reverse("self_assessment_part", args=[FIRM_PART]))


def choose(page, area, item, value):
    page.locator(f"input[name=q_{area}_{item}][value='{value}']").check()


def press(page):
    """The button below the questions, in any language."""
    page.locator("form.questions button").last.click()


def wait_until_told(page, *words):
    """Until the line about what is saved holds one of these words, whatever the language of the page."""
    state = page.locator("[data-tibs-state]")
    first, *others = [state.filter(has_text=word) for word in words]
    for other in others:
        first = first.or_(other)
    first.wait_for()


def wait_until_saved(page):
    wait_until_told(page, "All answers are saved.", "Visi")
