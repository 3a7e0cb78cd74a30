from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from brokers.models import ApiClient, HostOrganisation, IdempotencyKey, Invitation, Membership, Training
from tests import factories
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@standing
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


def absence_that_ends_before_it_begins(broker):
    broker.absent_from, broker.absent_until = date(2026, 7, 2), date(2026, 7, 1)
    broker.save()


def invitation(**values):
    number = Invitation.objects.count()
    given = {"email": "ewa@example.org", "role": "staff", "token_digest": str(number), "expires_at": NOW}
    return Invitation.objects.create(**(given | values))


def second_open_invitation(broker):
    invitation()
    invitation()


def accepted_and_revoked(broker):
    invitation(accepted_at=NOW, revoked_at=NOW)


def training(broker, **values):
    given = {"title": "Basics", "provider": "LIC", "held_date": NOW.date(), "hours": 8}
    return Training.objects.create(broker=broker, **(given | values))


def training_without_hours(broker):
    training(broker, hours=0)


def certificate_that_ends_before_the_training(broker):
    training(broker, valid_until=date(2020, 1, 1))


def idempotency_key(broker, **values):
    client, _ = ApiClient.objects.get_or_create(
        name="Partner", defaults={"organisation": broker.membership.organisation}
    )
    return IdempotencyKey.objects.create(client=client, key="k", fingerprint="f", **values)


def key_used_twice(broker):
    idempotency_key(broker)
    idempotency_key(broker)


def answer_without_status(broker):
    idempotency_key(broker, answer={})


REFUSED = {
    "brokers_broker_absence_is_a_period": absence_that_ends_before_it_begins,
    "brokers_invitation_one_open": second_open_invitation,
    "brokers_invitation_accepted_or_revoked": accepted_and_revoked,
    "brokers_training_takes_time": training_without_hours,
    "brokers_training_valid_after_held": certificate_that_ends_before_the_training,
    "brokers_idempotencykey_once": key_used_twice,
    "brokers_idempotencykey_answered_whole": answer_without_status,
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
    models = apps.get_app_config("brokers").get_models()

    named = {constraint.name for model in models for constraint in model._meta.constraints}

    assert named == set(REFUSED)


def test_inactive_host_gives_its_number_free(broker):
    old = broker.membership.organisation
    HostOrganisation.objects.filter(pk=old.pk).update(active=False)

    assert factories.host("FI", number=old.number).active


def test_things_are_named_for_people(broker):
    assert str(broker) == "Ana Nowak"
    assert str(broker.membership) == "Ana Nowak, Innovation broker"
    assert str(broker.membership.organisation) == "PFRR"


def test_who_left_may_come_back(broker):
    old = broker.membership
    old.ended_at = NOW
    old.save()

    again = Membership.objects.create(user=old.user, organisation=old.organisation, role=old.role)

    assert list(Membership.objects.in_force()) == [again]
