"""Signing in in a real browser: an authenticator app, a passkey, sessions, and a code by mail."""

import re

import pytest

from tests import factories
from tests.entrance import devices
from tests.letters import letters_to
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode

PASSWORD = "a long walk over the ice"
SECRET = re.compile(r"^[A-Z2-7]{32}$")


@pytest.fixture
def newcomer(db):
    """Project staff on the first day."""
    return User.objects.create_user(
        "cleo@example.org", PASSWORD, name="Cleo Kask", platform_role=RoleCode.STAFF
    )


@pytest.fixture
def virtual_key(page):
    """A security key that the browser holds, and a finger that always touches it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def here(live_server, path="/"):
    """The address by a name: passkeys belong to names, not to numbers."""
    return live_server.url.replace("127.0.0.1", "localhost") + path


def fill_in(page, live_server, path="/account/login/"):
    page.goto(here(live_server, path))
    page.get_by_label("E-mail address").fill("cleo@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def log_out(page):
    page.get_by_role("button", name="Account:").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/")


def test_first_day_with_an_authenticator_app(page, live_server, newcomer, faults):
    fill_in(page, live_server)
    assert page.get_by_text("One thing before you begin").is_visible()
    assert faults() == []

    page.get_by_role("link", name="Authenticator app").click()
    assert faults() == []
    secret = page.get_by_text(SECRET).inner_text()
    page.get_by_label("Code").fill(devices.code(secret=secret))
    press(page, "Save")
    assert page.locator(".codes li").count() == 10
    assert faults() == []

    page.get_by_role("link", name="I have written them down").click()
    log_out(page)
    fill_in(page, live_server)
    assert page.get_by_role("heading", name="The second step").is_visible()
    assert faults() == []
    page.get_by_label("Code").fill(devices.code(later=1, secret=secret))
    press(page, "Log in")
    assert page.get_by_role("button", name="Account:").is_visible()


def test_passkey_is_added_and_signs_in_alone(page, live_server, newcomer, virtual_key, faults):
    fill_in(page, live_server)
    page.get_by_role("link", name="Passkey").click()
    assert faults() == []
    page.get_by_label("Name of the passkey").fill("Cleo's laptop")
    press(page, "Add the passkey")
    page.wait_for_url("**/recovery-codes/")
    page.get_by_role("link", name="I have written them down").click()
    log_out(page)

    page.goto(here(live_server, "/account/login/"))
    assert faults() == []
    press(page, "Log in with a passkey")
    page.get_by_role("button", name="Account:").wait_for()
    page.goto(here(live_server, "/account/second-step/"))

    assert page.get_by_text("Cleo's laptop").is_visible()
    assert faults() == []


def test_session_on_another_machine_is_ended(page, live_server, newcomer, browser, faults):
    newcomer.platform_role = ""
    newcomer.save()
    other = browser.new_context(user_agent="Library computer")
    stranger = other.new_page()
    fill_in(stranger, live_server)
    fill_in(page, live_server)
    page.get_by_role("button", name="Account:").click()
    page.get_by_role("link", name="Your account").click()
    assert faults() == []

    page.get_by_role("row", name="Library computer").get_by_role("button", name="End").click()

    assert page.get_by_text("The session is ended.").is_visible()
    stranger.goto(here(live_server, "/account/"))
    assert stranger.get_by_role("heading", name="Log in", exact=True).is_visible()
    other.close()


def test_person_of_a_firm_signs_in_by_a_mailed_code(page, live_server, faults):
    eva = User.objects.create_user("eva@example.org", name="Eva Kask")
    factories.contact(factories.company(host=factories.host("EE")), user=eva)
    page.goto(here(live_server, "/account/login/"))
    page.get_by_role("link", name="Get a code by mail").click()
    assert faults() == []

    page.get_by_label("E-mail address").fill("eva@example.org")
    press(page, "Send the code")
    assert faults() == []
    page.get_by_label("Code").fill("0000-0000")
    press(page, "Log in")
    assert page.get_by_text("This code is not right").first.is_visible()
    assert faults() == []
    page.get_by_label("Code").fill(
        re.search(r"^\d{4}-\d{4}$", letters_to("eva@example.org")[-1][1], re.MULTILINE)[0]
    )
    press(page, "Log in")

    assert page.get_by_role("button", name="Account:").is_visible()
