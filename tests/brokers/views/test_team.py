"""Coordinators look after their people on the website."""

import pytest

from brokers.models import Broker, Invitation, Membership
from companies.models import Company
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db
PASSWORD = "oaks near the quiet river"
NASTY = [
    "\u202eright to left",
    "🦉" * 60,
    "10" * 4000,
    "<script>alert(1)</script>",
    "x" * 200_000,
    "1e30",
    "-1",
    "",
]


@standing
def pfrr():
    return factories.host("PL")


@pytest.fixture
def celina(client, pfrr):
    """The coordinator, signed in."""
    user = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=pfrr)
    client.force_login(user)
    return user


@standing
def ana(pfrr):
    return factories.broker("Ana Nowak", organisation=pfrr)


def invite(client, organisation, **values):
    given = {"name": "Ewa Lis", "email": "ewa@example.org", "role": "broker", "language": "en"}
    return client.post(f"/team/{organisation.public_id}/invite/", given | values)


def link_in(letter):
    return "/invitation/" + letter[1].split("/invitation/")[1].split()[0]


def test_coordinator_goes_straight_to_the_own_team(client, celina, pfrr, ana):
    page = client.get("/team/", follow=True)

    assert page.redirect_chain[-1][0] == f"/team/{pfrr.public_id}/"
    assert "Ana Nowak" in page.text
    assert "0 of 30" in page.text


def test_nobody_can_let_oneself_go(client, celina, ana, pfrr):
    page = client.get(f"/team/{pfrr.public_id}/").text

    assert f"{ana.membership.user.public_id}/leave/" in page
    assert f"{celina.public_id}/leave/" not in page


def test_invited_person_joins_by_the_letter_and_signs_in(client, celina, pfrr):
    invite(client, pfrr)
    client.logout()
    link = link_in(letters_to("ewa@example.org")[0])

    assert "join PFRR in TIBS" in client.get(link).text
    answer = client.post(link, {"name": "Ewa Lis", "password": PASSWORD})

    assert answer["Location"] == "/account/login/"
    user = User.objects.get(email="ewa@example.org")
    assert user.check_password(PASSWORD)
    assert user.memberships.get().organisation == pfrr


def test_opening_the_link_changes_nothing(client, pfrr):
    token, invitation = factories.invitation(pfrr)

    for _ in range(2):
        assert client.get(f"/invitation/{token}/").status_code == 200

    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_used_link_and_invented_link_look_alike(client, pfrr):
    token, _ = factories.invitation(pfrr)
    client.post(f"/invitation/{token}/", {"name": "Ewa", "password": PASSWORD})

    used, invented = client.get(f"/invitation/{token}/"), client.get("/invitation/abc/")

    assert used.status_code == invented.status_code == 404
    assert "This link does not work any more" in used.text
    assert "This link does not work any more" in invented.text


def test_weak_password_is_explained_at_its_field(client, pfrr):
    token, _ = factories.invitation(pfrr)

    answer = client.post(f"/invitation/{token}/", {"name": "Ewa", "password": "short"})

    assert answer.status_code == 400
    assert "id_password_error" in answer.text
    assert "short" not in answer.text.split("id_password_error")[1][:400].replace("too short", "")


def test_who_has_an_account_is_asked_for_no_password(client, pfrr):
    token, invitation = factories.invitation(pfrr)
    User.objects.create_user(invitation.email, PASSWORD, name="Ewa Lis")

    page = client.get(f"/invitation/{token}/").text
    client.post(f"/invitation/{token}/")

    assert "keep your password" in page
    assert "id_password" not in page
    assert Broker.objects.in_service().count() == 1


def test_second_invitation_says_what_to_do(client, celina, pfrr):
    invite(client, pfrr)

    answer = invite(client, pfrr)

    assert answer.status_code == 400
    assert "You can send the letter again." in answer.text


def test_invitation_is_sent_again_and_taken_back(client, celina, pfrr):
    invite(client, pfrr)
    invitation = Invitation.objects.get()

    client.post(f"/team/invitations/{invitation.public_id}/again/")
    assert len(letters_to("ewa@example.org")) == 2

    page = client.post(f"/team/invitations/{invitation.public_id}/revoke/", follow=True)
    assert "The invitation was taken back." in page.text
    assert invitation.public_id not in page.text


def test_preview_of_a_leaving_counts_and_proposes_the_deputy(client, celina, pfrr, ana):
    jan = factories.broker("Jan Kos", organisation=pfrr)
    Broker.objects.filter(pk=ana.pk).update(deputy=jan)
    factories.company(host=pfrr, owner=ana.membership.user)

    page = client.get(f"/team/{pfrr.public_id}/{ana.membership.user.public_id}/leave/").text

    assert f'<option value="{jan.membership.user.public_id}" selected>Jan Kos (deputy)' in page
    assert "Companies" in page


def test_leaving_hands_over_and_needs_somebody_who_takes_over(client, celina, pfrr, ana):
    company = factories.company(host=pfrr, owner=ana.membership.user)
    address = f"/team/{pfrr.public_id}/{ana.membership.user.public_id}/leave/"

    refused = client.post(address, {"successor": ""})
    assert refused.status_code == 400
    assert "Choose who takes over" in refused.text

    done = client.post(address, {"successor": celina.public_id}, follow=True)
    assert "Ana Nowak does not work for PFRR any more." in done.text
    assert Company.objects.get(pk=company.pk).owner == celina
    assert client.get(address).status_code == 404


def test_administrator_sees_every_organisation_and_invites_staff(client, pfrr):
    client.force_login(factories.person("Ott Tamm", role=RoleCode.ADMINISTRATOR))
    factories.host("FI")

    page = client.get("/team/").text
    assert "PFRR" in page
    assert "Kinno" in page

    client.post(
        "/team/people/invite/",
        {"name": "Signe", "email": "signe@example.org", "role": "staff", "language": "da"},
    )
    assert "signe@example.org" in client.get("/team/people/").text
    assert len(letters_to("signe@example.org")) == 1


def test_coordinator_invites_nobody_to_the_whole_network(client, celina):
    assert client.get("/team/people/invite/").status_code == 403


def test_default_broker_is_chosen_among_the_own_people(client, celina, pfrr, ana):
    aino = factories.broker("Aino Salo", organisation=factories.host("FI"))

    page = client.get("/team/defaults/").text
    assert "Ana Nowak" in page
    assert "Aino Salo" not in page

    client.post("/team/defaults/PL/", {"broker": ana.membership.user.public_id})
    assert "Ana Nowak" in client.get("/team/defaults/").text.split("<select")[0]
    refused = client.post("/team/defaults/FI/", {"broker": aino.membership.user.public_id})
    assert refused.status_code == 403


def test_default_of_another_organisation_is_not_taken_away(client, celina, pfrr, ana):
    other = factories.broker("Jan Kos", organisation=factories.host("PL", number=240))
    factories.default_broker("PL", other)

    answer = client.post("/team/defaults/PL/", {"broker": ana.membership.user.public_id})

    assert answer.status_code == 403
    assert '<select name="broker"' not in client.get("/team/defaults/").text


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_text_is_an_answer_and_never_a_fault(client, celina, pfrr, ana, text):
    token, _ = factories.invitation(pfrr)
    user = ana.membership.user.public_id
    factories.company(host=pfrr, owner=ana.membership.user)

    answers = [
        invite(client, pfrr, name=text, email=text, role=text, language=text),
        invite(client, pfrr, name=text),
        client.post(f"/team/{pfrr.public_id}/{user}/leave/", {"successor": text}),
        client.post("/team/defaults/PL/", {"broker": text}),
        client.post(f"/invitation/{token}/", {"name": text, "password": text}),
        client.get(f"/invitation/{text[:900] or 'x'}/"),
    ]

    assert all(answer.status_code < 500 for answer in answers)
    assert Membership.objects.in_force().filter(user__public_id=user).exists()
