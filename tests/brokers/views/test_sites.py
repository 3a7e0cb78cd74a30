"""Administrators let partner sites call the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from brokers.models import ApiClient, ApiKey
from brokers.services.api_keys import KEY, key_behind
from tests import factories
from tests.brokers.views.test_team import NASTY
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db
SITE = {"name": "Partner", "website": "https://partner.example", "contact_email": "it@partner.example"}


@pytest.fixture
def ott(client):
    """The administrator, signed in a moment ago."""
    user = factories.person("Ott Tamm", role=RoleCode.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def page(ott):
    return f"/team/sites/{factories.site().public_id}/"


def new_key(client, page, **values):
    return client.post(page, {"scopes": ["leads:write"], "days": "30"} | values)


def test_site_is_added_for_an_organisation(client, ott):
    pfrr = factories.host("PL")

    answer = client.post("/team/sites/", SITE | {"organisation": pfrr.public_id})

    made = ApiClient.objects.get()
    assert answer["Location"] == f"/team/sites/{made.public_id}/"
    assert made.organisation == pfrr


def test_new_key_is_shown_once_and_works(client, page):
    answer = new_key(client, page)

    text = KEY.search(answer.text)[0]
    assert key_behind(text, timezone.now())
    assert "no-store" in answer.headers["Cache-Control"]
    assert text not in client.get(page).text
    assert f"tibs_live_{ApiKey.objects.get().prefix}_…" in client.get(page).text


def test_key_is_not_made_from_a_screen_that_was_left_open(client, ott, page):
    ott.last_login = timezone.now() - timedelta(hours=2)
    ott.save()
    session = client.session
    session["tibs_began"] = (timezone.now() - timedelta(minutes=30)).timestamp()
    session.save()

    answer = new_key(client, page)

    assert answer.status_code == 302
    assert not ApiKey.objects.exists()


def test_key_is_revoked_at_once(client, page):
    text = KEY.search(new_key(client, page).text)[0]

    client.post(f"{page}{ApiKey.objects.get().prefix}/revoke/")

    assert key_behind(text, timezone.now()) is None
    assert "Revoked" in client.get(page).text


def test_third_key_is_refused_in_words(client, page):
    for _ in range(2):
        new_key(client, page)

    answer = new_key(client, page)

    assert answer.status_code == 400
    assert "Two keys work already" in answer.text


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_text_is_an_answer_and_never_a_fault(client, page, text):
    answers = [
        client.post("/team/sites/", dict.fromkeys([*SITE, "organisation"], text)),
        client.post("/team/sites/", SITE | {"name": text, "organisation": factories.host("PL").public_id}),
        new_key(client, page, days=text),
        new_key(client, page, scopes=[text]),
    ]

    assert all(answer.status_code < 500 for answer in answers)
