"""Brokers and their coordinators keep profiles and trainings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from brokers.models import Broker, Training
from tests import factories
from tests.brokers.views.test_team import NASTY
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db
TRAINING = {"title": "Value chains", "provider": "LIC", "held_date": "2026-03-02", "hours": "7.5"}


@standing
def pfrr():
    return factories.host("PL")


@pytest.fixture
def ana(client, pfrr):
    """A broker, signed in."""
    broker = factories.broker("Ana Nowak", organisation=pfrr, languages=("en",))
    client.force_login(broker.membership.user)
    return broker


@standing
def jan(pfrr):
    return factories.broker("Jan Kos", organisation=pfrr)


def profile(broker, **values):
    return {
        "languages": ["en", "pl"],
        "regions": [broker.membership.organisation.region_id],
        "domains": [],
        "capacity": "12",
        "accepts_leads": "on",
        "phone": "+48 85 000 00 00",
        "deputy": "",
        "absent_from": "",
        "absent_until": "",
    } | values


def test_broker_says_what_she_can_do(client, ana, jan):
    domain = factories.domain()

    answer = client.post(
        "/brokers/me/", profile(ana, deputy=jan.membership.user.public_id, domains=[domain.code])
    )

    ana.refresh_from_db()
    assert answer.status_code == 302
    assert (ana.languages, ana.capacity, ana.deputy) == (["en", "pl"], 12, jan)
    assert list(ana.domains.all()) == [domain]


def test_page_shows_what_was_saved(client, ana, jan):
    client.post("/brokers/me/", profile(ana, absent_from="2027-07-01", absent_until="2027-07-14"))

    page = client.get("/brokers/me/").text

    assert 'value="2027-07-14"' in page
    assert 'value="+48 85 000 00 00"' in page


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"languages": []}, "languages"),
        ({"regions": []}, "regions"),
        ({"regions": ["XX"]}, "regions"),
        ({"capacity": "-1"}, "capacity"),
        ({"capacity": "1" + "0" * 30}, "capacity"),
        ({"absent_from": "2027-07-01"}, "absent_until"),
        ({"absent_from": "2027-07-02", "absent_until": "2027-07-01"}, "absent_until"),
        ({"deputy": "usr_0000000000000000"}, "deputy"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(client, ana, values, field):
    answer = client.post("/brokers/me/", profile(ana, **values))

    assert answer.status_code == 400
    assert f"id_{field}_error" in answer.text
    assert Broker.objects.get().capacity == 30


def test_colleague_of_another_organisation_is_no_deputy(client, ana):
    aino = factories.broker("Aino Salo", organisation=factories.host("FI"))

    answer = client.post("/brokers/me/", profile(ana, deputy=aino.membership.user.public_id))

    assert answer.status_code == 400


def test_coordinator_changes_the_profile_of_an_own_broker(client, jan, pfrr):
    client.force_login(factories.person("Celina", role=RoleCode.COORDINATOR, organisation=pfrr))
    address = f"/team/{pfrr.public_id}/{jan.membership.user.public_id}/"

    assert client.post(address, profile(jan, capacity="5"))["Location"] == address

    jan.refresh_from_db()
    assert jan.capacity == 5


def test_broker_adds_corrects_and_removes_a_training(client, ana, pfrr):
    address = f"/brokers/{pfrr.public_id}/{ana.membership.user.public_id}/trainings/"

    assert client.post(address, TRAINING)["Location"] == "/brokers/me/"
    training = Training.objects.get()
    client.post(f"/brokers/trainings/{training.public_id}/", TRAINING | {"hours": "8"})
    training.refresh_from_db()
    assert training.hours == 8

    client.post(f"/brokers/trainings/{training.public_id}/remove/")
    assert not Training.objects.exists()


def test_expired_certificate_is_flagged_to_broker_and_coordinator(client, ana, pfrr):
    yesterday = timezone.localdate() - timedelta(days=1)
    factories.training(ana, valid_until=yesterday)
    assert "Expired" in client.get("/brokers/me/").text

    client.force_login(factories.person("Celina", role=RoleCode.COORDINATOR, organisation=pfrr))
    assert "Certificate expired" in client.get(f"/team/{pfrr.public_id}/").text


def test_certificate_that_ends_before_the_training_is_refused(client, ana, pfrr):
    address = f"/brokers/{pfrr.public_id}/{ana.membership.user.public_id}/trainings/"

    answer = client.post(address, TRAINING | {"valid_until": "2026-03-01"})

    assert answer.status_code == 400
    assert "id_valid_until_error" in answer.text


def test_colleague_does_not_see_the_training_of_another_broker(client, ana, jan):
    training = factories.training(jan)

    assert client.get(f"/brokers/trainings/{training.public_id}/").status_code == 404
    assert client.post(f"/brokers/trainings/{training.public_id}/remove/").status_code == 404
    assert Training.objects.exists()


def test_network_list_names_deputy_of_who_is_away(client, ana, jan):
    today = timezone.localdate()
    Broker.objects.filter(pk=jan.pk).update(
        deputy=ana, absent_from=today, absent_until=today + timedelta(days=3)
    )

    page = client.get("/brokers/network/").text

    assert "Deputy: Ana Nowak" in page
    assert "Away until" in page


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_text_is_an_answer_and_never_a_fault(client, ana, pfrr, text):
    training = factories.training(ana)
    address = f"/brokers/{pfrr.public_id}/{ana.membership.user.public_id}/trainings/"

    answers = [
        client.post("/brokers/me/", dict.fromkeys(profile(ana), text)),
        client.post("/brokers/me/", profile(ana, phone=text)),
        client.post(address, dict.fromkeys(TRAINING, text)),
        client.post(address, TRAINING | {"hours": text, "certificate": text}),
        client.post(f"/brokers/trainings/{training.public_id}/", dict.fromkeys(TRAINING, text)),
    ]

    assert all(answer.status_code < 500 for answer in answers)
