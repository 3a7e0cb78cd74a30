"""Privacy notice, imprint, help and accessibility statement."""

import pytest

from companies.choices import Purpose
from companies.consent_texts import TEXTS

pytestmark = pytest.mark.usefixtures("network")
NOTICES = ["/privacy/", "/terms/", "/imprint/", "/help/", "/accessibility/"]


def test_privacy_notice_tells_every_purpose_word_for_word(client, settings):
    page = client.get("/privacy/").text

    assert [
        str(TEXTS[purpose]) for purpose in Purpose if str(TEXTS[purpose]).replace("'", "&#x27;") not in page
    ] == []


def test_privacy_notice_names_the_joint_controllers_and_the_figures(client):
    page = client.get("/privacy/").text

    assert "PFRR" in page
    assert "365 days" in page
    assert "24 months" in page


def test_privacy_notice_names_every_cookie_that_a_visitor_can_get(client, settings):
    page = client.get("/privacy/").text
    client.get("/")
    client.post("/language/", {"language": "fi"})

    assert client.cookies
    assert [name for name in client.cookies if f"<code>{name}</code>" not in page] == []


@pytest.mark.parametrize("path", NOTICES)
def test_operator_who_is_not_named_is_missed_openly(client, path):
    assert "has not stated its name" in client.get(path).text


@pytest.mark.parametrize("path", NOTICES)
def test_operator_is_named_where_the_settings_name_one(client, settings, path):
    settings.TIBS_OPERATOR_NAME = "Seven Shores Association"
    settings.TIBS_OPERATOR_ADDRESS = "Harbour Road 1 | 00100 Helsinki"
    settings.TIBS_CONTACT_EMAIL = "help@shores.example"

    page = client.get(path).text

    assert "Seven Shores Association" in page
    assert "00100 Helsinki" in page
    assert "mailto:help@shores.example" in page


def test_privacy_notice_states_every_time_that_the_nightly_run_keeps(client):
    page = client.get("/privacy/").text

    for what in ("We could not serve", "Who had contact data shown", "What our letters said"):
        assert what.lower() in page.lower()
    for time in (
        "7 days",
        "90 days",
        "12 months",
        "24 months, then we give notice and erase it 30 days later",
    ):
        assert time in page


def test_terms_say_what_a_firm_may_expect_and_what_it_may_not(client):
    page = client.get("/terms/").text

    for words in ("free of charge", "no promise", "leave at any time"):
        assert words in page
