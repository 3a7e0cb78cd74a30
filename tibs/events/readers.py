"""What is known of the people who are told things; the apps that know it are named in the wiring."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.events.dispatch import wiring


@dataclass(frozen=True)
class Habits:
    """Where somebody's clock stands, and whether they work in TIBS daily or now and then."""

    zone: ZoneInfo
    is_daily: bool


def habits_of(people: Iterable[User]) -> dict[int, Habits]:
    """By primary key. Brokers, coordinators and project staff look daily, people of firms now and then; who belongs
    to no country has the clock of the platform. One query for each source."""
    people = list(people)
    keys = [person.pk for person in people]
    at_work, at_firms = wiring().ZONES_AT_WORK(keys), wiring().ZONES_AT_FIRMS(keys)
    return {
        person.pk: Habits(
            zone=ZoneInfo(at_work.get(person.pk) or at_firms.get(person.pk) or settings.TIME_ZONE),
            is_daily=person.pk in at_work or bool(person.platform_role),
        )
        for person in people
    }


def company_names(public_ids: Iterable[str], reader: Actor) -> dict[str, str]:
    """The names of those companies that the reader may see, by public id; one query, none without ids."""
    wanted = set(public_ids) - {""}
    names: dict[str, str] = wiring().COMPANY_NAMES(wanted, reader) if wanted else {}
    return names
