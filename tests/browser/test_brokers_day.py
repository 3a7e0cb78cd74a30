"""A broker's day in a real browser: sign in, open a company, read its partners, search for another one."""

import pytest

from matching.services import runs, vectors
from tests import factories
from tests.matching.conftest import finish

PASSWORD = "a long walk over the ice"
OFFERS = {
    "FI": (
        "fi",
        "Valmistamme ruostumattomia terässäiliöitä meijereille.",
        "Etsimme teräslevyjen toimittajaa.",
    ),
    "DK": ("da", "Vi bager rugbrød og knækbrød på sten.", "Vi søger emballage til knækbrød."),
    "LT": ("lt", "Kuriame maršrutų planavimo programinę įrangą.", "Ieškome vežėjo bandymui."),
}


@pytest.fixture
def aleksandras_firm(aleksandra_in_english, polish_company):
    """A firm with partners in three countries, matched by a run; Aleksandra knows her password."""
    aleksandra_in_english.set_password(PASSWORD)
    aleksandra_in_english.save()
    factories.profile(
        polish_company,
        language="pl",
        offered="Blachy i arkusze ze stali nierdzewnej, cięte na wymiar.",
        sought="Szukamy producenta zbiorników ze stali nierdzewnej dla mleczarni.",
    )
    for country, (language, offered, sought) in OFFERS.items():
        company = factories.company(f"Firm {country}", host=factories.host(country))
        factories.profile(company, language=language, offered=offered, sought=sought)
    vectors.encoder.cache_clear()
    finish(runs.request_run(by=factories.BENCH))
    return polish_company


def log_in(page, live_server, user):
    page.goto(f"{live_server.url}/work/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()


def shown_sum(card):
    amounts = card.locator(".bars tbody td.number").all_inner_texts()
    return round(sum(float(amount.replace("−", "-")) for amount in amounts), 3)


def test_from_the_login_to_a_partner_whose_bars_add_up(
    page, live_server, aleksandra_in_english, aleksandras_firm, faults
):
    log_in(page, live_server, aleksandra_in_english)
    assert page.get_by_role("heading", name="Hello, Aleksandra Nowak").is_visible()
    assert faults() == []

    page.get_by_role("link", name="Companies", exact=True).first.click()
    assert faults() == []
    page.get_by_role("link", name=aleksandras_firm.name).click()
    assert faults() == []

    page.get_by_role("link", name="See its partners").click()
    card = page.locator(".match").first
    card.get_by_text("How the score adds up").click()
    assert shown_sum(card) == float(card.locator(".bars tfoot .number").inner_text())
    assert card.locator("blockquote[lang=pl]").count() == 2
    assert card.locator("blockquote[lang=fi]").count() == 2
    assert "Firm FI" not in page.content()
    assert faults() == []


def test_a_search_in_polish_finds_a_partner_in_another_language(
    page, live_server, aleksandra_in_english, aleksandras_firm, sign_in, faults
):
    sign_in(aleksandra_in_english)
    page.goto(f"{live_server.url}/partners/")

    page.get_by_label("Your request").fill("Zbiorniki ze stali nierdzewnej dla mleczarni")
    page.get_by_label("Language of the text").select_option("pl")
    page.get_by_role("button", name="Find partners").click()

    card = page.locator(".match").first
    assert card.locator("blockquote[lang=fi]").inner_text().startswith("Valmistamme ruostumattomia")
    assert page.get_by_label("Your request").input_value() == "Zbiorniki ze stali nierdzewnej dla mleczarni"
    assert faults() == []


def test_an_empty_search_moves_the_focus_to_what_is_wrong(
    page, live_server, aleksandra_in_english, sign_in, faults
):
    sign_in(aleksandra_in_english)
    page.goto(f"{live_server.url}/partners/?text=")

    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.className") == "problem"
    page.get_by_role("link", name="Your request").click()
    assert page.evaluate("document.activeElement.id") == "id_text"
    assert faults() == []


def test_the_list_narrows_while_typing(page, live_server, aleksandra_in_english, polish_company, sign_in):
    for number in range(60):
        factories.company(f"Tartak {number:02}", host=factories.host("PL"))
    sign_in(aleksandra_in_english)
    page.goto(f"{live_server.url}/companies/")

    page.get_by_role("textbox", name="Name, town or number").press_sequentially("dab")

    page.get_by_text("1 company", exact=True).wait_for()
    assert page.get_by_role("row").count() == 2
    assert page.url.split("?")[1].startswith("q=dab")
    page.go_back()
    page.get_by_text("61 companies").wait_for()


@pytest.mark.parametrize("path", ["/work/", "/companies/", "/partners/", "/account/login/"])
def test_pages_fit_a_narrow_phone(page, live_server, aleksandra_in_english, aleksandras_firm, sign_in, path):
    if "login" not in path:
        sign_in(aleksandra_in_english)
    page.set_viewport_size({"width": 320, "height": 700})

    page.goto(f"{live_server.url}{path}")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_login_page_has_no_fault(page, live_server, db, faults):
    page.goto(f"{live_server.url}/account/login/")
    assert faults() == []

    page.goto(f"{live_server.url}/account/password/reset/")
    assert faults() == []
