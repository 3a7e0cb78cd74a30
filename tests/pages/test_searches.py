"""Saving a search of the catalogue: with an account, and as a visitor."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from companies.models import SavedSearch
from companies.services.saved_searches import stop_path
from tests import factories
from tests.companies.conftest import Clock
from tests.companies.filling import stamp_in
from tests.letters import letters_to
from tests.standing_scenes import standing

NEW = "/searches/new/?q=oak&country=PL"


@pytest.fixture
def clock(monkeypatch):
    moving = Clock(timezone.now())
    monkeypatch.setattr("django.utils.timezone.now", moving.now)
    return moving


@standing
def poland():
    return factories.country("PL")


def send(client, clock, **changes):
    """As a visitor who takes a minute."""
    stamp = stamp_in(client.get(NEW))
    clock.move(60)
    return client.post(NEW, {"email": "v@example.org", "frequency": "daily", "stamp": stamp} | changes)


def link() -> str:
    [(_, words)] = letters_to("v@example.org")
    return re.search(r"https?://[^/\s]+(/searches/confirm/\S+)", words)[1]


def test_empty_result_offers_to_save_the_search(client, poland):
    page = client.get("/opportunities/?q=oak&country=PL").text

    assert 'href="/searches/new/?q=oak&amp;country=PL"' in page


def test_visitor_saves_it_by_a_letter_whose_link_confirms_by_its_button(client, clock, poland):
    assert "Please look into your mail" in send(client, clock).text

    client.get(link())
    assert SavedSearch.objects.get().confirmed_at is None

    client.post(link())
    search = SavedSearch.objects.get()
    assert search.confirmed_at
    assert search.query == {"q": "oak", "country": ["PL"]}
    assert "“oak”, Poland" in client.get(link()).text


def test_mail_program_ends_the_letters_by_one_post_without_a_cookie(client, clock, poland):
    send(client, clock)
    client.post(link())
    path = stop_path(SavedSearch.objects.get())
    mail_program = Client(enforce_csrf_checks=True)

    assert mail_program.get(path).status_code == 200
    assert SavedSearch.objects.exists()

    assert mail_program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not SavedSearch.objects.exists()
    assert mail_program.post(path).status_code == 410


def test_person_with_an_account_needs_no_letter(client, poland):
    client.force_login(factories.person("Aino Salo"))

    client.post(NEW, {"frequency": "weekly"})

    page = client.get("/searches/").text
    assert "“oak”, Poland" in page
    assert 'href="/opportunities/?q=oak&amp;country=PL"' in page


def test_person_changes_how_often_and_deletes(client, poland):
    client.force_login(factories.person("Aino Salo"))
    client.post(NEW, {"frequency": "weekly"})
    address = f"/searches/{SavedSearch.objects.get().public_id}/"

    client.post(address, {"frequency": "daily"})
    assert SavedSearch.objects.get().frequency == "daily"

    client.post(address)
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("changes", [{"email": "nobody"}, {"frequency": "hourly"}, {"stamp": ""}])
def test_wrong_answers_are_named(client, clock, poland, changes):
    assert send(client, clock, **changes).status_code == 400
    assert not SavedSearch.objects.exists()


def test_search_with_an_unknown_filter_is_not_saved(client, poland):
    assert client.get("/searches/new/?type=XX").url == "/opportunities/"


def test_page_of_ones_searches_says_that_no_more_fit(client, monkeypatch, poland):
    monkeypatch.setattr("tibs.pages.public.searches.SEARCHES_OF_A_PERSON", 1)
    client.force_login(factories.person("Ewa Lis"))
    before = client.get("/searches/").text
    client.post(NEW, {"frequency": "daily"})

    after = client.get("/searches/").text

    assert "Delete one that you do not need" not in before
    assert "Delete one that you do not need" in after


def test_a_link_that_ends_letters_twice_says_that_there_are_no_more(client):
    answer = client.get("/searches/stop/nonsense/")

    assert answer.status_code == 410
    assert "No more letters" in answer.text
