import pytest

from brokers.models import Broker, Membership
from brokers.services.members import add_member, appoint_broker
from tests import factories
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db


@standing
def pfrr():
    return factories.host("PL")


def test_new_member_has_the_role_and_the_record_says_who_and_where(pfrr):
    ewa = factories.person("Ewa Lis")

    add_member(user=ewa, organisation=pfrr, role=RoleCode.BROKER, by=factories.BENCH)

    assert factories.actor(ewa).roles == {RoleCode.BROKER}
    assert AuditRecord.objects.get().facts == {
        "user": ewa.public_id,
        "organisation": pfrr.public_id,
        "role": "broker",
    }


def test_coordinator_adds_people_to_the_own_organisation_only(pfrr):
    coordinator = factories.actor(factories.person("Jan Wilk", role=RoleCode.COORDINATOR, organisation=pfrr))
    ewa = factories.person("Ewa Lis")

    add_member(user=ewa, organisation=pfrr, role=RoleCode.BROKER, by=coordinator)
    with pytest.raises(NotAllowedError):
        add_member(user=ewa, organisation=factories.host("FI"), role=RoleCode.BROKER, by=coordinator)

    assert list(ewa.memberships.values_list("organisation", flat=True)) == [pfrr.pk]


def test_same_role_twice_is_refused_in_words(pfrr):
    ewa = factories.person("Ewa Lis", organisation=pfrr)

    with pytest.raises(BadInputError) as refused:
        add_member(user=ewa, organisation=pfrr, role=RoleCode.BROKER, by=factories.BENCH)

    assert list(refused.value.fields) == ["user"]
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("role", [RoleCode.STAFF, RoleCode.ANALYST, RoleCode.ADMINISTRATOR])
def test_role_of_the_platform_is_no_role_of_an_organisation(pfrr, role):
    with pytest.raises(BadInputError) as refused:
        add_member(user=factories.person(), organisation=pfrr, role=role, by=factories.BENCH)

    assert list(refused.value.fields) == ["role"]


def appoint(membership, by=factories.BENCH, languages=("pl", "en")):
    return appoint_broker(
        membership=membership,
        languages=languages,
        regions=[membership.organisation.region],
        domains=[factories.domain()],
        by=by,
    )


def test_broker_is_in_the_directory_with_languages_regions_and_domains(pfrr):
    broker = appoint(factories.member(factories.person(), pfrr))

    assert list(Broker.objects.in_service()) == [broker]
    assert broker.languages == ["pl", "en"]
    assert list(broker.regions.all()) == [pfrr.region]
    assert list(broker.domains.values_list("code", flat=True)) == ["MANUF"]


def test_broker_who_left_is_not_in_the_directory(pfrr):
    user = factories.person()
    appoint(factories.member(user, pfrr))

    user.is_active = False
    user.save()

    assert not Broker.objects.in_service().exists()


def test_broker_of_an_inactive_organisation_is_not_in_the_directory(pfrr):
    appoint(factories.member(factories.person(), pfrr))

    pfrr.active = False
    pfrr.save()

    assert not Broker.objects.in_service().exists()


def test_broker_is_appointed_once(pfrr):
    membership = factories.member(factories.person(), pfrr)
    appoint(membership)

    with pytest.raises(BadInputError, match="already"):
        appoint(membership)


@pytest.mark.parametrize("languages", [(), ("sv",), ("pl", "xx")])
def test_broker_works_in_languages_of_the_network(pfrr, languages):
    with pytest.raises(BadInputError) as refused:
        appoint(factories.member(factories.person(), pfrr), languages=languages)

    assert list(refused.value.fields) == ["languages"]


def test_broker_appoints_nobody(pfrr, aleksandra):
    with pytest.raises(NotAllowedError):
        appoint(factories.member(factories.person(), pfrr), by=factories.actor(aleksandra))
