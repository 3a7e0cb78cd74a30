import pytest
from django.db import IntegrityError, transaction

from brokers.models import Broker, HostOrganisation, Membership
from tests import factories
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker():
    return factories.broker(organisation=factories.host("PL"))


def own_deputy(broker):
    broker.deputy = broker
    broker.save()


def second_host_with_the_number(broker):
    host = broker.membership.organisation
    factories.host("FI", number=host.number)


def role_of_the_platform(broker):
    Membership.objects.filter(pk=broker.membership_id).update(role=RoleCode.STAFF)


def same_membership(broker):
    old = broker.membership
    Membership.objects.create(user=old.user, organisation=old.organisation, role=old.role)


REFUSED = {
    "brokers_broker_is_not_own_deputy": own_deputy,
    "brokers_hostorganisation_number_once": second_host_with_the_number,
    "brokers_membership_role_is_known": role_of_the_platform,
    "brokers_membership_once": same_membership,
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_database_refuses(broker, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        REFUSED[constraint](broker)


def test_every_constraint_is_tried():
    named = {c.name for model in (Broker, HostOrganisation, Membership) for c in model._meta.constraints}

    assert named == set(REFUSED)


def test_inactive_host_gives_its_number_free(broker):
    old = broker.membership.organisation
    HostOrganisation.objects.filter(pk=old.pk).update(active=False)

    assert factories.host("FI", number=old.number).active


def test_things_are_named_for_people(broker):
    assert str(broker) == "Ana Nowak"
    assert str(broker.membership) == "Ana Nowak, Innovation broker"
    assert str(broker.membership.organisation) == "PFRR"
