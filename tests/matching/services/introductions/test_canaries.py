"""No page, notice or letter names a firm or its people to the other side before both agreed."""

import json
from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse

from companies.models import Company, Contact
from matching.handshake import Act
from matching.models import Agreement, Cooperation, Introduction
from tests.matching.services.introductions.acting import WAY, Cast, act, begun
from tests.scene import PEOPLE, Scene
from tests.standing_scenes import for_a_module
from tibs.events.models import InboxItem, Letter

CANARIES = {
    "PL": ("Kanarkowa Stolarnia", "Zofia Kanarek", "kanarek@pl.example", "+48 123 456 789"),
    "FI": ("Kanarian Saha", "Kaarina Kanaria", "kanaria@fi.example", "+358 40 987 6543"),
}
# Who belongs to which firm's organisation, or is the firm; all others belong to neither.
AT_HOME = {
    "PL": {"sme", "broker", "colleague", "coordinator"},
    "FI": {"other_sme", "other_broker", "other_coordinator"},
}
pytestmark = pytest.mark.long
THE_FOUR = {"sme", "other_sme", "broker", "other_broker"}


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """The scene stands for the whole module; what a test changes is gone afterwards."""
    with for_a_module(django_db_blocker):
        yield scene_with_canaries()


@pytest.fixture
def scene(made_once, db):
    return deepcopy(made_once)


def scene_with_canaries():
    made = Scene()
    for rows in (Agreement, Cooperation, Introduction):
        rows.objects.all().delete()
    for country, company in (("PL", made.company), ("FI", made.other_company)):
        name, person, email, phone = CANARIES[country]
        Company.objects.filter(pk=company.pk).update(name=name)
        Contact.objects.filter(company=company).update(name=person, email=email, phone=phone)
        company.refresh_from_db()
    return made


@pytest.fixture
def people(scene):
    sme, other = scene.people["sme"], scene.people["other_sme"]
    scene.profile.refresh_from_db()
    scene.other_profile.refresh_from_db()
    return Cast(scene.profile, scene.other_profile, sme, other)


def started(scene, people):
    scene.match.delete()
    return begun(people)


def said_to(scene, person, introduction):
    """Everything that a person is shown of introductions, and every line that was written to them."""
    client = Client(raise_request_exception=False)
    user = scene.people[person]
    if user:
        client.force_login(user)
    one = [introduction.public_id]
    pages = [
        reverse("introductions"),
        reverse("introductions", query={"show": "wait"}),
        reverse("introductions", query={"show": "ended"}),
        *(reverse(name, args=one) for name in ("introduction", "introduction_texts", "own_introduction")),
        *(
            reverse("own_introductions", args=[company.public_id])
            for company in (scene.company, scene.other_company)
        ),
        reverse("broker_home"),
    ]
    said = [client.get(page).content.decode() for page in pages]
    said += [
        client.post(reverse(name, args=one)).content.decode()
        for name in ("introduction_contacts", "own_introduction_contacts")
    ]
    said += [json.dumps(list(InboxItem.objects.filter(user=user).values("values", "url")))]
    if user:
        said += [json.dumps(letter.context) for letter in Letter.objects.filter(to_address=user.email)]
    return "\n".join(said)


def leaked_to(scene, introduction):
    """Each person with the canaries of a foreign firm that reached them."""
    leaks = {}
    for person in PEOPLE:
        said = said_to(scene, person, introduction)
        foreign = [country for country in CANARIES if person not in AT_HOME[country]]
        found = {canary for country in foreign for canary in CANARIES[country] if canary in said}
        if found:
            leaks[person] = found
    return leaks


def test_nobody_of_the_other_side_learns_a_name_before_both_agreed(scene, people):
    introduction = started(scene, people)

    for what in (None, *WAY[:-1]):
        if what:
            introduction = act(introduction, what, people)
        assert leaked_to(scene, introduction) == {}, what


def test_after_both_agreed_exactly_the_four_learn_it(scene, people):
    introduction = started(scene, people)
    for what in WAY:
        introduction = act(introduction, what, people)

    leaks = leaked_to(scene, introduction)

    assert leaks.keys() == THE_FOUR
    assert leaks["broker"] == leaks["sme"] == set(CANARIES["FI"])
    assert leaks["other_broker"] == leaks["other_sme"] == set(CANARIES["PL"])


@pytest.mark.parametrize(
    ("last", "end", "note"),
    [(Act.SEND, Act.DECLINE, "Kaarina Kanaria is ill."), (Act.PUT, Act.WITHDRAW, "Zofia Kanarek is ill.")],
)
def test_nobody_learns_it_from_an_introduction_that_ended(scene, people, last, end, note):
    introduction = started(scene, people)
    for what in WAY[: WAY.index(last) + 1]:
        introduction = act(introduction, what, people)

    ended = act(introduction, end, people, reason="trust", note=note)

    assert leaked_to(scene, ended) == {}


def test_control_a_name_on_the_page_is_noticed(scene, people, monkeypatch):
    introduction = started(scene, people)
    for what in WAY[:-1]:
        introduction = act(introduction, what, people)
    monkeypatch.setattr("matching.presenting.introductions.knows_partner", lambda actor, introduction: True)

    assert leaked_to(scene, introduction).keys() >= THE_FOUR


def test_control_a_notice_that_names_the_other_firm_is_noticed(scene, people, monkeypatch):
    monkeypatch.setattr(Introduction, "company_on", lambda introduction, side: introduction.sender_company)
    introduction = started(scene, people)
    for what in WAY[:3]:
        introduction = act(introduction, what, people)

    assert "other_broker" in leaked_to(scene, introduction)
