"""A broker's visit in a real browser, on a phone, in Lithuanian: the golden example; and answers that survive."""

from itertools import count

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from companies.models import Answer
from companies.services.assessments.answering import Given, answer_items
from companies.services.assessments.starting import start_assessment
from tests import factories
from tests.browser.answering import begin, choose, part, press, wait_until_saved, wait_until_told
from tests.companies.assessments.sheets import GOLDEN, RATED, V1
from tests.waiting import eventually

TRIALS = 100


@pytest.fixture
def assessment(aleksandra, polish_company):
    """An open assessment; its broker reads Lithuanian today."""
    aleksandra.language = "lt"
    aleksandra.save()
    return start_assessment(company=polish_company, by=factories.actor(aleksandra))


def save_in_vain(page):
    """Press the button without a connection; the browser shows its own page."""
    press(page)
    page.wait_for_url("chrome-error://**")


def answering(numbers, expected):
    """A function that answers the next questions in a tab, and notes in `expected` what was answered last.

    People answer in the tab that they see; in one behind it the browser draws a frame a second only.
    """
    questions = [(area, item) for area in V1.area_codes for item in V1.quick_items]

    def answer(tab, trials):
        tab.bring_to_front()
        for _ in range(trials):
            number = next(numbers)
            area, item = questions[number % len(questions)]
            value = (number + number // len(questions)) % 5
            choose(tab, area, item, value)
            expected[area, item] = value

    return answer


@pytest.mark.long
def test_the_golden_example_on_a_phone_in_lithuanian(
    page, live_server, aleksandra, assessment, sign_in, faults
):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(aleksandra)

    for area, blocks in GOLDEN.items():
        page.goto(part(live_server, assessment, area))
        for block, values in blocks.items():
            codes = RATED if block == "B" else V1.items[block]
            for code, value in zip(codes, values, strict=True):
                choose(page, area, code, value)
        for code in V1.starred - set(RATED):
            choose(page, area, code, "na")
        wait_until_saved(page)
        assert faults() == []
    page.goto(live_server.url + reverse("assessment_result", args=[assessment.public_id]))

    lead = page.locator(".lead").inner_text()
    assert lead.startswith("Didžiausias neišnaudotas potencialas: Pirkimai.")
    assert "6,4 balo" in lead
    assert "pirma 16 iš 16 kartų" in lead
    ranking = page.locator("section:has(> h2:text-is('Sričių eilė'))")
    first = ranking.locator("tbody").first.locator("tr").first
    assert [first.locator(cell).first.inner_text() for cell in ("td", "th")] == ["1", "Pirkimai"]
    assert first.locator("td").nth(1).inner_text() == "68,2"
    assert faults() == []


@pytest.mark.long
def test_at_most_one_answer_in_a_hundred_is_lost_with_connection_login_and_second_tab(
    context, live_server, aleksandra, assessment, sign_in
):
    """Tabs of their own: their consoles may complain about the connection that is taken away."""
    sign_in(aleksandra)
    address = part(live_server, assessment, "quick")
    first, second = context.new_page(), context.new_page()
    first.goto(address)
    second.goto(address)
    numbers, expected = count(), {}
    answer = answering(numbers, expected)

    answer(first, 25)
    context.set_offline(True)
    answer(first, 20)
    save_in_vain(first)
    context.set_offline(False)
    first.goto(address)
    wait_until_saved(first)
    second.reload()
    answer(second, 25)
    context.clear_cookies()
    answer(first, 20)
    wait_until_told(first, "Please sign in again", "kitame")
    sign_in(aleksandra)
    second.reload()
    wait_until_saved(first)
    context.clear_cookies()
    answer(first, 10)
    press(first)
    first.wait_for_load_state()
    sign_in(aleksandra)
    first.goto(address)
    wait_until_saved(first)

    kept = {(one.area, one.item): one.value for one in Answer.objects.filter(assessment=assessment)}
    lost = [question for question, value in expected.items() if kept.get(question) != value]
    assert next(numbers) == TRIALS
    assert len(lost) <= 1


def test_without_what_is_kept_on_the_device_answers_would_be_lost(
    context, live_server, aleksandra, assessment, sign_in
):
    """The control: a browser that keeps nothing, and whose tab is closed."""
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    sign_in(aleksandra)
    address, expected = part(live_server, assessment, "quick"), {}
    first, second = context.new_page(), context.new_page()
    first.goto(address)

    context.set_offline(True)
    answering(count(), expected)(first, 5)
    first.close()
    context.set_offline(False)
    second.goto(address)
    second.locator(f"input[name=q_{V1.area_codes[0]}_R0]").first.check()
    wait_until_saved(second)

    assert len(expected) == 5
    assert list(Answer.objects.values_list("item", flat=True)) == ["R0"]


def test_digits_choose_and_lead_to_the_next_question(page, live_server, aleksandra, assessment, sign_in):
    sign_in(aleksandra)
    page.goto(part(live_server, assessment, "PRC"))
    page.locator("input[name=q_PRC_V1]").first.focus()

    for digit in "3", "2", "d":
        page.keyboard.press(digit)

    def kept():
        return dict(Answer.objects.values_list("item", "value"))

    assert eventually(lambda: kept() == {"V1": 3, "V2": 2, "V3": None}), kept()


def test_what_to_talk_about_follows_each_answer_on_the_page_and_is_spoken(
    page, live_server, aleksandra_in_english, polish_company, sign_in, faults
):
    person = factories.person("Ewa Lis")
    factories.contact(polish_company, user=person)
    made = start_assessment(company=polish_company, by=factories.actor(person))
    own = [Given("PRC", "V1", 1), Given("PRC", "V2", 1)]
    answer_items(assessment=made, rater="self", given=own, by=factories.actor(person))
    sign_in(aleksandra_in_english)
    page.goto(part(live_server, made, "PRC"))
    marks = page.get_by_text("Talk about it")
    shown = page.locator("[data-tibs-gap]:visible")

    choose(page, "PRC", "V1", 3)
    shown.wait_for()
    assert [mark.get_attribute("data-tibs-gap") for mark in shown.all()] == ["PRC V1"]
    assert page.locator(".question--gap").count() == 1
    spoken = page.locator("[aria-live=polite][aria-atomic=true]", has=shown)
    assert " ".join(spoken.inner_text().split()) == "The firm answered: Slightly. Talk about it"
    assert faults() == []

    choose(page, "PRC", "V2", 2)
    choose(page, "PRC", "V1", 2)
    shown.wait_for(state="hidden")
    assert marks.count() == 2
    assert page.locator(".question--gap").count() == 0


def test_a_key_that_the_focused_question_does_not_offer_answers_no_other_one(
    page, live_server, aleksandra_in_english, polish_company, sign_in
):
    """`n` is offered for barriers alone, `d` for questions alone: elsewhere they mean nothing here."""
    assessment = start_assessment(company=polish_company, by=factories.actor(aleksandra_in_english))
    sign_in(aleksandra_in_english)
    page.goto(part(live_server, assessment, "PRC"))
    choose(page, "PRC", "V1", 3)
    choose(page, "PRC", "B_PARTNERS", 4)
    wait_until_saved(page)

    page.locator("input[name=q_PRC_V1]:checked").focus()
    page.keyboard.press("n")
    page.locator(".parts a").first.focus()
    page.keyboard.press("d")
    page.keyboard.press("n")
    choose(page, "PRC", "V2", 1)

    expected = {"V1": (3, True), "V2": (1, True), "B_PARTNERS": (4, True)}

    def kept():
        return {one.item: (one.value, one.applies) for one in Answer.objects.all()}

    assert eventually(lambda: len(kept()) == len(expected))
    wait_until_saved(page)
    assert kept() == expected


def test_a_visitor_sees_the_result_without_an_account(page, live_server, db, faults):
    page.goto(live_server.url + reverse("self_assessment"))
    assert faults() == []
    begin(page)
    assert faults() == []
    page.get_by_role("button", name="Save and go on").click()
    for item, value in zip(V1.quick_items, (4, 4, 4, 3, 1), strict=True):
        choose(page, "PRC", item, value)
    page.get_by_role("button", name="Save and go on").click()

    assert "Procurement is the most promising area" in page.locator(".lead").inner_text()
    assert faults() == []


def test_the_minutes_that_are_left_grow_fewer_as_a_visitor_answers(page, live_server, db, faults):
    page.goto(live_server.url + reverse("self_assessment"))
    begin(page)
    left = page.locator("[data-tibs-left]")
    before = left.inner_text()

    for item in V1.firm_items[:12]:
        page.locator(f"input[name=q__{item}][value='3']").check()
    wait_until_saved(page)

    assert before == "About 11 minutes left. Your answers are saved as you go."
    expect(left).to_have_text("About 9 minutes left. Your answers are saved as you go.")
    assert left.get_attribute("aria-live") == "polite"
    assert faults() == []
