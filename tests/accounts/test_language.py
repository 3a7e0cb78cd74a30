"""The public choice of language."""

import pytest
from django.db import OperationalError

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]
OUTSIDE = [
    "https://evil.example/",
    "//evil.example/",
    "\\\\evil.example",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    " https://evil.example",
]


def choose(client, language, **data):
    return client.post("/language/", {"language": language, "next": "/start", **data})


def language_of(client, **options):
    return client.get("/start", **options).json()["language"]


def test_visitor_reads_on_in_the_chosen_language(client):
    answer = choose(client, "lt")

    assert answer.url == "/start"
    assert language_of(client) == "lt"


def test_browser_says_the_language_before_anybody_chooses(client):
    assert language_of(client, headers={"Accept-Language": "et,en;q=0.5"}) == "et"


def test_following_a_link_chooses_nothing(client):
    assert client.get("/language/?language=pl").status_code == 405
    assert language_of(client) == "en"


@pytest.mark.parametrize("language", ["xx", "sv", "", "../../etc", "pl" * 400])
def test_unknown_language_changes_nothing(client, ana, language):
    client.force_login(ana)

    answer = choose(client, language)

    ana.refresh_from_db()
    assert answer.status_code == 302
    assert ana.language == "pl"


def test_choice_of_a_person_is_remembered(client, ana):
    client.force_login(ana)

    choose(client, "fi")

    ana.refresh_from_db()
    assert ana.language == "fi"


def test_person_reads_the_own_language_on_another_device(client, ana):
    client.force_login(ana)

    assert language_of(client, headers={"Accept-Language": "de"}) == "pl"


def test_language_of_a_person_ends_with_the_request(client, ana):
    client.force_login(ana)
    client.get("/start")
    client.logout()

    assert language_of(client) == "en"


def test_page_that_needs_no_database_answers_without_it(client, ana, monkeypatch):
    client.force_login(ana)

    def refuse(*args):
        raise OperationalError

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", refuse)

    assert client.get("/health/live").status_code == 200


@pytest.mark.parametrize("address", OUTSIDE)
def test_nobody_is_led_to_another_site(client, address):
    assert "evil" not in choose(client, "pl", next=address).url


@pytest.mark.parametrize("address", OUTSIDE)
def test_nobody_is_led_to_the_site_that_sent_them(client, address):
    answer = client.post("/language/", {"language": "pl"}, headers={"Referer": address})

    assert "evil" not in answer.url
