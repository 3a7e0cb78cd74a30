"""The whole way in a real browser: a firm registers in Latvian on a phone without JavaScript, confirms by letter, its
broker takes, screens and visits it, and the firm signs in by code and sees who looked at its data."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from companies import suspicion
from companies.forms import human
from companies.models import Company, Disclosure, Interaction
from companies.screening_criteria import CURRENT
from tests import factories
from tests.letters import letters_to
from tibs.events.models import Letter

ADDRESS = "eva@koks.example"
ANSWERS = {
    "about": {"name": "Eva Kalniņa", "email": ADDRESS, "phone": "+371 20000000"},
    "company": {"name": "SIA Vidzemes koks", "register_number": "40103000009", "website": "koks.example"},
    "place": {"street": "Rīgas iela 1", "postcode": "LV-4201", "city": "Valmiera"},
    "activity": {"description": "Mēs ražojam ozolkoka mēbeles."},
    "size": {"staff_count": "34"},
    "wishes": {"needs": "Meklējam sausu ozolkoka zāģmateriālu piegādātāju Igaunijā."},
    "consents": {},
}
CHOICES = {
    "company": {"country": "LV"},
    "place": {"region": "LV00C"},
    "activity": {"broad": "31"},
}
CHECKS = {
    "size": ["independence=autonomous", "turnover_band=to_10"],
    "wishes": ["areas=PRC", "countries=EE"],
    "consents": ["purposes=publish_anonymous", "may_speak="],
}


@pytest.fixture(autouse=True)
def nobody_is_too_quick(monkeypatch):
    """A test reads no page and writes at once; how long people take has tests of its own."""
    for module in (human, suspicion):
        monkeypatch.setattr(module, "LEAST_SECONDS", 0)


@pytest.fixture
def ilze(transactional_db):
    """The broker of Vidzeme, where Eva's firm is."""
    factories.nace("31.00")
    factories.country("EE")
    vidzeme = factories.host("LV")
    return factories.broker("Ilze Bērziņa", organisation=vidzeme, languages=("lv", "en")).membership.user


@pytest.fixture
def phone(new_context, live_server, ilze):
    """Eva's telephone: small, in Latvian, without JavaScript."""
    context = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.set_default_timeout(8000)
    context.add_cookies([{"name": "tibs_language", "value": "lv", "url": live_server.url}])
    yield context.new_page()
    context.close()


def letter_link():
    """The path of the link in the newest letter to Eva, which is in Latvian."""
    words = letters_to(ADDRESS)[-1][1]
    return urlsplit(re.search(r"https?://\S+", words)[0]).path


def fill(page, section):
    for name, value in ANSWERS[section].items():
        page.locator(f"[name={name}]").fill(value)
    for name, value in CHOICES.get(section, {}).items():
        page.locator(f"select[name={name}]").select_option(value)
    for answer in CHECKS.get(section, []):
        name, value = answer.split("=")
        page.locator(f"input[name={name}]" + (f"[value='{value}']" if value else "")).check()
    page.locator("button[name=action][value=save]").click()


def register(page, site):
    page.goto(f"{site}/register/")
    assert page.locator("html").get_attribute("lang") == "lv"
    for section in ANSWERS:
        page.goto(f"{site}/register/{section}/")
        fill(page, section)
        page.wait_for_url(lambda address, left=section: left not in address)
    page.goto(f"{site}/register/check/")
    page.locator("form[action='/register/check/'] button[type=submit]").click()
    page.wait_for_url("**/register/sent/")
    assert not Company.objects.exists()
    page.goto(site + letter_link())
    page.locator("main form button").click()
    page.get_by_text("Ilze Bērziņa").first.wait_for()


def work_on(page, site, company):
    """Take the lead, screen it, log the visit and look up whom to call."""
    page.goto(site + company.get_absolute_url())
    page.get_by_role("button", name="Take this company").click()
    page.get_by_role("link", name="Fill in the criteria").click()
    for criterion in CURRENT.criteria:
        page.locator(f"input[name={criterion.code}][value='2']").check()
    page.get_by_role("button", name="Decide by these points").click()
    page.get_by_text("Eligible, with 14 of 14 points.").wait_for()
    page.locator("summary", has_text="Log a contact").click()
    log = page.locator("details", has_text="Log a contact")
    log.get_by_label("Channel").select_option("visit")
    log.get_by_label("Hours").fill("2")
    log.get_by_label("What it was about").fill("They need dry oak.")
    log.get_by_role("button", name="Log the contact").click()
    page.locator(".timeline").get_by_text("They need dry oak.").wait_for()
    page.get_by_role("button", name="Show the contact data").click()
    page.get_by_text(ADDRESS).first.wait_for()


def sign_in_by_code(page, site):
    page.goto(site + reverse("account_request_login_code"))
    page.locator("main input[name=email]").fill(ADDRESS)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**{reverse('account_confirm_login_code')}")
    code = Letter.objects.filter(template="account_code").latest("pk").context["code"]
    page.locator("main input[name=code]").fill(code)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/mine/**")


def test_from_the_registration_to_who_saw_my_data(page, phone, live_server, ilze, sign_in):
    site = live_server.url

    register(phone, site)
    company = Company.objects.get()
    assert (company.proposed_owner, company.stage, company.language) == (ilze, "lead", "lv")

    ilze.language = "en"
    ilze.save()
    sign_in(ilze)
    work_on(page, site, company)
    company.refresh_from_db()
    assert (company.owner, Interaction.objects.get().channel) == (ilze, "visit")

    sign_in_by_code(phone, site)
    phone.goto(f"{site}/mine/{company.public_id}/seen/")
    assert Disclosure.objects.get().reader == ilze
    assert "Ilze Bērziņa" in phone.locator("main").inner_text()
    assert phone.locator("html").bounding_box()["width"] <= 390
    assert phone.locator("html").get_attribute("lang") == "lv"
