"""Registrations that a person looks at first."""

import pytest

from companies.choices import RegistrationStatus
from companies.models import Registration
from companies.services.held import held_for, refuse_registration, release_registration
from tests import factories
from tests.letters import letters_to
from tibs.accounts.roles import RoleCode
from tibs.core.errors import NotAllowedError, WrongStateError

pytestmark = pytest.mark.django_db
ADDRESS = "eva@koks.example"


@pytest.fixture
def held(eva):
    """Eva's browser filled in the field that people do not see."""
    eva.fill_all()
    eva.send(extra="filled in by a password manager")
    return Registration.objects.get()


def coordinator(country):
    host = factories.host(country)
    return factories.actor(factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=host))


def test_released_registration_goes_on_like_any_other(held):
    release_registration(registration=held, by=coordinator("LV"))

    held.refresh_from_db()
    assert held.status == RegistrationStatus.WAITING
    assert len(letters_to(ADDRESS)) == 1


def test_refused_registration_is_blank_and_hears_nothing(held):
    refuse_registration(registration=held, by=coordinator("LV"))

    held.refresh_from_db()
    assert (held.status, held.answers, held.email) == (RegistrationStatus.CLOSED, {}, "")
    assert letters_to(ADDRESS) == []


def test_second_decision_is_refused(held):
    release_registration(registration=held, by=coordinator("LV"))

    with pytest.raises(WrongStateError):
        refuse_registration(registration=held, by=coordinator("LV"))


@pytest.mark.parametrize(
    ("role", "country", "may"),
    [
        (RoleCode.COORDINATOR, "LV", True),
        (RoleCode.COORDINATOR, "PL", False),
        (RoleCode.BROKER, "LV", False),
        (RoleCode.STAFF, "", True),
        (RoleCode.ADMINISTRATOR, "", True),
        (RoleCode.ANALYST, "", False),
    ],
)
def test_coordinators_of_the_country_and_staff_decide(held, clock, role, country, may):
    organisation = factories.host(country) if country else None
    actor = factories.actor(factories.person("Ola", role=role, organisation=organisation))

    if may:
        release_registration(registration=held, by=actor)
    else:
        with pytest.raises(NotAllowedError):
            release_registration(registration=held, by=actor)

    if role == RoleCode.COORDINATOR and not may:
        assert not held_for(actor, clock.now()).exists()


def test_coordinator_of_one_country_decides_nothing_where_they_are_a_broker_only(held, clock):
    celina = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))
    factories.member(celina, factories.host("LV"))
    actor = factories.actor(celina)

    assert "LV" in actor.countries
    assert not held_for(actor, clock.now()).exists()
    with pytest.raises(NotAllowedError):
        release_registration(registration=held, by=actor)
