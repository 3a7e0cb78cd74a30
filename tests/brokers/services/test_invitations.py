"""People are invited by letter and join once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from brokers.models import Broker, Invitation
from brokers.services import invitations
from brokers.services.invitations import (
    DeadLinkError,
    accept,
    invitation_behind,
    invite,
    needs_password,
    revoke,
    send_again,
)
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.accounts.services import account_for
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PASSWORD = "oaks near the quiet river"


@standing
def pfrr():
    return factories.host("PL")


def invited(organisation, role=RoleCode.BROKER, *, by=factories.BENCH, **values):
    given = {"email": "Ewa@Example.org", "name": "Ewa Lis", "language": "pl"} | values
    return invite(organisation=organisation, role=role, by=by, now=NOW, **given)


def link_to(address="ewa@example.org"):
    """The token of the newest letter."""
    _subject, words = letters_to(address)[-1]
    return words.split("/invitation/")[1].split("/")[0]


def join(token, *, now=NOW, password=PASSWORD):
    return accept(token=token, name="Ewa Lis", password=password, now=now)


def test_letter_names_who_invites_to_what_and_how_long_the_link_works(pfrr):
    celina = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=pfrr)

    invited(pfrr, by=factories.actor(celina), language="en")

    ((subject, words),) = letters_to("ewa@example.org")
    assert subject == "You are invited to work with TIBS"
    assert "Celina Wilk invites you to join PFRR" in words
    assert "Innovation broker" in words
    assert "for 7 days" in words


def test_database_knows_the_digest_of_the_link_only(pfrr):
    invitation = invited(pfrr)

    assert link_to() not in str(Invitation.objects.values())
    assert invitation_behind(link_to(), NOW) == invitation


def test_broker_who_joins_signs_in_and_gets_firms_at_once(pfrr):
    invited(pfrr)

    user = join(link_to())

    assert (user.email, user.name, user.language) == ("ewa@example.org", "Ewa Lis", "pl")
    assert user.check_password(PASSWORD)
    assert factories.actor(user).roles == {RoleCode.BROKER}
    broker = Broker.objects.in_service().get()
    assert (broker.languages, list(broker.regions.all())) == (["en", "pl"], [pfrr.region])


def test_coordinator_who_joins_is_no_broker(pfrr):
    invited(pfrr, RoleCode.COORDINATOR)

    user = join(link_to())

    assert factories.actor(user).roles == {RoleCode.COORDINATOR}
    assert not Broker.objects.exists()


def test_administrator_invites_project_staff(pfrr):
    ott = factories.actor(factories.person("Ott Tamm", role=RoleCode.ADMINISTRATOR))
    invited(None, RoleCode.ANALYST, by=ott)

    assert factories.actor(join(link_to())).roles == {RoleCode.ANALYST}


def test_somebody_with_an_account_keeps_the_password(pfrr):
    ewa = User.objects.create_user("ewa@example.org", "an older secret of hers", name="Ewa Lis-Kos")
    invited(pfrr)

    user = join(link_to(), password="")

    assert user == ewa
    assert user.check_password("an older secret of hers")
    assert user.name == "Ewa Lis-Kos"
    assert factories.actor(user).roles == {RoleCode.BROKER}


def test_somebody_of_a_firm_who_has_no_password_yet_chooses_one(pfrr):
    ewa = account_for(email="ewa@example.org", name="Ewa Lis", language="pl")
    invited(pfrr)

    assert needs_password(Invitation.objects.get())
    user = join(link_to())

    assert user == ewa
    assert user.check_password(PASSWORD)


def test_closed_account_opens_again_with_a_new_password(pfrr):
    User.objects.create_user("ewa@example.org", "an older secret of hers", name="Ewa", is_active=False)
    invited(pfrr)

    user = join(link_to())

    assert user.is_active
    assert user.check_password(PASSWORD)


def test_closed_account_does_not_get_its_role_on_the_platform_back(pfrr):
    ewa = User.objects.create_user(
        "ewa@example.org", PASSWORD, name="Ewa", is_active=False, platform_role=RoleCode.ADMINISTRATOR
    )
    invited(pfrr)

    join(link_to())

    ewa.refresh_from_db()
    assert (ewa.is_active, ewa.platform_role) == (True, "")


def test_invitation_never_replaces_a_role_on_the_platform(db):
    invited(None, RoleCode.ANALYST)
    ewa = User.objects.create_user("ewa@example.org", PASSWORD, name="Ewa", platform_role=RoleCode.STAFF)

    with pytest.raises(WrongStateError, match="another role on the whole platform"):
        join(link_to())
    with pytest.raises(BadInputError, match="another role on the whole platform"):
        invited(None, RoleCode.ADMINISTRATOR)

    ewa.refresh_from_db()
    assert ewa.platform_role == RoleCode.STAFF


def test_bad_password_leaves_the_link_working(pfrr):
    invited(pfrr)

    with pytest.raises(BadInputError) as refused:
        join(link_to(), password="short")

    assert list(refused.value.fields) == ["password"]
    assert not User.objects.filter(email="ewa@example.org").exists()
    assert join(link_to()).is_active


def test_link_works_once(pfrr):
    invited(pfrr)
    join(link_to())

    with pytest.raises(DeadLinkError):
        join(link_to())


@pytest.mark.parametrize(
    ("later", "works"), [(timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)]
)
def test_link_works_for_seven_days(pfrr, later, works):
    invited(pfrr)

    assert (invitation_behind(link_to(), NOW + later) is not None) is works
    if not works:
        with pytest.raises(DeadLinkError):
            join(link_to(), now=NOW + later)


def test_new_letter_makes_the_old_link_useless(pfrr):
    invitation = invited(pfrr)
    old = link_to()

    send_again(invitation=invitation, by=factories.BENCH, now=NOW + timedelta(days=20))

    assert link_to() != old
    with pytest.raises(DeadLinkError):
        join(old)
    assert join(link_to(), now=NOW + timedelta(days=21)).is_active


def test_link_of_a_revoked_invitation_is_dead(pfrr):
    invitation = invited(pfrr)

    revoke(invitation=invitation, by=factories.BENCH, now=NOW)

    with pytest.raises(DeadLinkError):
        join(link_to())
    with pytest.raises(WrongStateError):
        send_again(invitation=invitation, by=factories.BENCH, now=NOW)


@pytest.mark.parametrize("token", ["", "x", "ž" * 500])
def test_invented_link_is_dead(token):
    with pytest.raises(DeadLinkError):
        join(token)


def test_same_person_is_invited_to_a_role_once(pfrr):
    invited(pfrr)

    with pytest.raises(BadInputError) as refused:
        invited(pfrr, email="ewa@example.org")

    assert list(refused.value.fields) == ["email"]


def test_colleague_needs_no_invitation(pfrr):
    invited(pfrr)
    join(link_to())

    with pytest.raises(BadInputError):
        invited(pfrr)


@pytest.mark.parametrize("role", [RoleCode.STAFF, RoleCode.ADMINISTRATOR])
def test_role_of_the_platform_is_not_given_by_an_organisation(pfrr, role):
    with pytest.raises(BadInputError):
        invited(pfrr, role)


def test_coordinator_invites_to_the_own_organisation_only(pfrr):
    celina = factories.actor(factories.person("Celina", role=RoleCode.COORDINATOR, organisation=pfrr))

    for organisation, role in ((factories.host("FI"), RoleCode.BROKER), (None, RoleCode.STAFF)):
        with pytest.raises(NotAllowedError):
            invited(organisation, role, by=celina)


def test_every_step_is_recorded_without_a_name(pfrr):
    invitation = invited(pfrr)
    send_again(invitation=invitation, by=factories.BENCH, now=NOW)
    join(link_to())

    records = AuditRecord.objects.filter(subject_id=invitation.public_id).order_by("pk")

    assert [record.event.split(".")[-1] for record in records] == ["sent", "resent", "accepted"]
    assert "Ewa" not in str(list(records.values()))


def tries_at_once(token, number=8):
    """How often it worked when many try at the same moment."""
    ready = threading.Barrier(number)

    def attempt(position):
        try:
            ready.wait()
            accept(token=token, name="Ewa Lis", password=f"{PASSWORD} {position}", now=NOW)
        except DeadLinkError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(number) as pool:
        return sum(pool.map(attempt, range(number)))


@pytest.mark.django_db(transaction=True)
def test_one_of_many_who_try_at_once_joins():
    invited(factories.host("PL"))

    worked = tries_at_once(link_to())

    assert worked == 1
    assert AuditRecord.objects.filter(event="brokers.invitation.accepted").count() == 1
    assert Broker.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_looking_before_writing_would_let_several_join(monkeypatch):
    """The control: with a look instead of the conditional update the same race is lost."""
    together = threading.Barrier(2)

    def look(token, now):
        found = invitation_behind(token, now)
        together.wait(timeout=10)
        Invitation.objects.filter(pk=found.pk).update(accepted_at=now)
        return True

    ada = factories.person("Ada")
    invited(None, RoleCode.ANALYST, email=ada.email)
    monkeypatch.setattr(invitations, "claim", look)

    worked = tries_at_once(link_to(ada.email), 2)

    assert worked == 2
    assert AuditRecord.objects.filter(event="brokers.invitation.accepted").count() == 2
