"""Two brokers save one profile at the same moment: nothing is lost, and the second one sees both texts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from companies.models import CooperationProfile, ProfileText
from companies.services import profile_writing
from tests import factories
from tests.companies.views.test_profiles import form
from tests.standing_scenes import standing
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = ("Oak boards as Aleksandra says it", "Oak boards as Beata says it")


@standing
def profile(polish_company):
    factories.country("FI")
    return factories.draft(polish_company)


@pytest.fixture
def editors(aleksandra_in_english, profile):
    """Two colleagues, each in a browser of their own."""
    beata = factories.broker("Beata Lis", organisation=factories.host("PL")).membership.user
    clients = (Client(), Client())
    for client, user in zip(clients, (aleksandra_in_english, beata), strict=True):
        client.force_login(user)
    return clients


def together(acts):
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def save(client, profile, title, version=1):
    return client.post(f"/profiles/{profile.public_id}/edit/", form(version, title=title))


def kept():
    return ProfileText.objects.get(is_original=True)


@pytest.mark.parametrize("_round", range(5))
def test_one_is_saved_and_the_other_sees_both_texts(editors, profile, _round):
    answers = together(
        [
            lambda client=client, title=title: save(client, profile, title)
            for client, title in zip(editors, TITLES, strict=True)
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    conflict = next(answer for answer in answers if answer.status_code == 409)
    assert all(title in conflict.text for title in TITLES)
    assert (kept().title in TITLES, kept().version) == (True, 2)
    assert AuditRecord.objects.filter(event="companies.profile.changed").count() == 1


def test_who_came_second_saves_the_chosen_words_from_the_page_of_both(editors, profile):
    first, second = editors
    save(first, profile, TITLES[0])
    conflict = save(second, profile, TITLES[1])

    assert 'name="version" value="2"' in conflict.text
    assert save(second, profile, TITLES[1], version=2).status_code == 302
    assert kept().title == TITLES[1]


def test_two_first_translations_at_once_leave_one_and_a_page_of_both(editors, profile):
    address = f"/profiles/{profile.public_id}/texts/fi/"

    answers = together(
        [
            lambda client=client, title=title: client.post(address, {"version": 0, "title": title})
            for client, title in zip(editors, TITLES, strict=True)
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert ProfileText.objects.filter(language="fi").count() == 1


def test_without_the_lock_one_of_the_two_is_lost(editors, profile, monkeypatch):
    """The control: both read the first version before either writes, and nobody is told."""
    both_have_read = Barrier(2)
    look = profile_writing.refuse_odd_facts

    def slow(company, facts):
        both_have_read.wait(timeout=20)
        look(company, facts)

    monkeypatch.setattr(profile_writing, "refuse_odd_facts", slow)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)

    answers = together(
        [
            lambda client=client, title=title: save(client, profile, title)
            for client, title in zip(editors, TITLES, strict=True)
        ]
    )

    assert [answer.status_code for answer in answers] == [302, 302]
    assert kept().version == 2
    assert CooperationProfile.objects.count() == 1
