"""A coordinator helps a colleague who lost every device."""

import pytest

from brokers.policies import can_recover_access
from brokers.services.recovery import help_back_in
from tests import factories
from tests.entrance import devices
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.accounts.actor import actor_of
from tibs.accounts.roles import RoleCode
from tibs.core.errors import NotAllowedError
from tibs.entrance.services.devices import devices_of
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db


@standing
def celina():
    """Coordinates PFRR."""
    return factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))


@standing
def locked_out(aleksandra):
    devices.give_app(aleksandra)
    return aleksandra


def page_of(person):
    return f"/team/recover/{person.public_id}/"


def test_coordinator_removes_the_devices_of_a_colleague(client, celina, locked_out):
    client.force_login(celina)

    page = client.get(page_of(locked_out))
    before = devices_of(locked_out)
    client.post(page_of(locked_out))

    locked_out.refresh_from_db()
    assert "Aleksandra Nowak" in page.text
    assert before
    assert not devices_of(locked_out)
    assert locked_out.second_factor_at is None


def test_record_says_who_did_it_and_the_owner_is_told(client, celina, locked_out):
    client.force_login(celina)

    client.post(page_of(locked_out))

    record = AuditRecord.objects.get(event="accounts.access.recovered")
    assert (record.actor_id, record.subject_id) == (celina.public_id, locked_out.public_id)
    assert "you lost yours" in letters_to(locked_out.email)[-1][1]


def test_who_was_helped_sets_up_a_device_before_anything_else(client, celina, locked_out):
    help_back_in(user=locked_out, by=actor_of(celina))

    client.force_login(locked_out)

    assert client.get("/work/").url == "/account/second-step/"


@pytest.mark.parametrize(
    ("helper", "helped", "allowed"),
    [
        ("coordinator", "broker", True),
        ("coordinator", "abroad", False),
        ("coordinator", "staff", False),
        ("coordinator", "staff who works here", False),
        ("coordinator", "coordinator", False),
        ("broker", "coordinator", False),
        ("staff", "broker", False),
        ("administrator", "broker", True),
        ("administrator", "staff", True),
        ("administrator", "administrator", False),
    ],
)
def test_who_may_help_whom(celina, aleksandra, johanna, signe, helper, helped, allowed):
    both = factories.person("Bo Both", role=RoleCode.STAFF)
    factories.member(both, factories.host("PL"))
    people = {
        "coordinator": celina,
        "broker": aleksandra,
        "abroad": johanna,
        "staff": signe,
        "staff who works here": both,
        "administrator": factories.person("Ott Tamm", role=RoleCode.ADMINISTRATOR),
    }

    assert can_recover_access(actor_of(people[helper]), people[helped]) is allowed


def test_service_asks_the_policy_itself(johanna, aleksandra):
    with pytest.raises(NotAllowedError):
        help_back_in(user=aleksandra, by=actor_of(johanna))


def test_coordinator_of_another_organisation_finds_nobody(client, locked_out):
    stranger = factories.person("Olli", role=RoleCode.COORDINATOR, organisation=factories.host("FI"))
    client.force_login(stranger)

    assert client.post(page_of(locked_out)).status_code == 404
    assert devices_of(locked_out)
