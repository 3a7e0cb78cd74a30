"""A clock that tests move."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import factories
from tests.companies.filling import Person
from tests.standing_scenes import standing


class Clock:
    """The present of the platform, as `timezone.now()` tells it."""

    def __init__(self, start: datetime) -> None:
        self.present = start

    def now(self) -> datetime:
        return self.present

    def move(self, seconds: float) -> None:
        self.present += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch):
    """Wednesday morning, in the week of Corpus Christi."""
    moving = Clock(datetime(2026, 6, 3, 9, tzinfo=UTC))
    monkeypatch.setattr("django.utils.timezone.now", moving.now)
    return moving


@standing
def ilze():
    """A broker in Vidzeme, at VPR; branches to choose from are there, too."""
    factories.nace("31.00")
    factories.country("EE")
    return factories.broker(
        "Ilze Bērziņa", organisation=factories.host("LV"), languages=("lv", "en")
    ).membership.user


@standing
def ewa(polish_company):
    """The person at the Polish firm, who signs in."""
    person = factories.person("Ewa Lis")
    factories.contact(polish_company, "Ewa Lis", user=person)
    return person


@pytest.fixture
def eva(client, clock, ilze):
    """A manager in Valmiera who registers her firm, in a browser without JavaScript."""
    return Person(client, clock)
