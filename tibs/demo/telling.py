"""The demonstration story, told by calling the same services as everybody else."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from brokers.models import HostOrganisation
from brokers.services import reference_data
from brokers.services.members import add_member, appoint_broker
from companies.models import Company
from regions.models import S3Domain
from tibs.accounts.models import User
from tibs.accounts.roles import PLATFORM_ROLES, RoleCode
from tibs.demo.assessments import assess
from tibs.demo.cast import STORY, TELLER, Cast, read
from tibs.demo.catalogue import agree_to_more, be_interested, save_searches
from tibs.demo.clock import in_one_piece
from tibs.demo.cooperations import tell_cooperations
from tibs.demo.drafts import tell_drafts
from tibs.demo.firms import INTRODUCED, LATEST, SPREAD, Owner, pass_the_months, tell_firm
from tibs.demo.introductions import tell_introductions
from tibs.demo.newcomers import welcome
from tibs.demo.planning import plan
from tibs.demo.present import wake_up
from tibs.demo.registrations import tell_registrations
from tibs.demo.second_step import APP_SECRET
from tibs.demo.strategies import tell_strategies
from tibs.entrance.services.devices import give_app

SOURCE = "demo"
Progress = Callable[[str], None]


def is_told() -> bool:
    return Company.objects.filter(source=SOURCE).exists()


@in_one_piece()
def tell(*, now: datetime, is_small: bool = False, progress: Progress = lambda _line: None) -> None:
    """Tell the whole story once; told again it changes nothing. A small one has no firms that nothing happens to."""
    reference_data.load()
    if is_told():
        return
    cast = Cast(SOURCE)
    progress("people")
    owners = _people(read("people")["person"])
    early = {life["key"]: int(life["days"]) for life in read("lives")["life"]}
    progress("the first firms and what became of them")
    _firms(cast, owners, now, early)
    tell_cooperations(cast, now, long_ago=True)
    tell_introductions(cast, now, expired=True)
    pass_the_months(cast, now)
    progress("the other firms")
    save_searches(cast, now)
    _firms(cast, owners, now, _days(early, is_small=is_small))
    _newcomers(now, progress)
    progress("profiles on their way, and visitors of the catalogue")
    tell_drafts(cast, now)
    agree_to_more(cast, now)
    be_interested(cast, now)
    progress("introductions and what comes after them")
    tell_introductions(cast, now)
    tell_cooperations(cast, now)
    tell_strategies(cast, now)
    wake_up(cast, now)


def _newcomers(now: datetime, progress: Progress) -> None:
    progress("registrations")
    tell_registrations(now=now, by=TELLER)
    progress("newcomers and next steps")
    welcome(SOURCE, now)
    plan(SOURCE, now)
    progress("assessments")
    assess(SOURCE, now)


def _people(people: list[dict[str, Any]]) -> dict[str, list[Owner]]:
    """Everybody who signs in; the answer holds the brokers of each country with their organisations."""
    hosts = {host.number: host for host in HostOrganisation.objects.select_related("region")}
    brokers: dict[str, list[Owner]] = {}
    for person in people:
        role = RoleCode(person["role"])
        user = User.objects.create_user(
            person["email"],
            name=person["name"],
            language=person["languages"][0],
            platform_role=role if role in PLATFORM_ROLES else "",
        )
        give_app(user=user, secret=APP_SECRET, by=TELLER)
        if role in PLATFORM_ROLES:
            continue
        host = hosts[person["organisation"]]
        membership = add_member(user=user, organisation=host, role=role, by=TELLER)
        if role == RoleCode.BROKER:
            domains = S3Domain.objects.filter(code__in=person["domains"])
            appoint_broker(
                membership=membership,
                languages=person["languages"],
                regions=[host.region],
                domains=domains,
                by=TELLER,
            )
            brokers.setdefault(person["country"], []).append((user, host))
    return brokers


def _firms(cast: Cast, owners: dict[str, list[Owner]], now: datetime, days: dict[str, int]) -> None:
    """Tell the firms that `days` names, each published so many days ago."""
    for country, number, told in companies():
        if told["key"] in days:
            owner = owners[country][number % len(owners[country])]
            tell_firm(told, country, owner, cast, days=days[told["key"]], now=now)


def companies() -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Every company of the story, with its country and its place in the file."""
    for path in sorted(STORY.glob("companies_*.toml")):
        country = path.stem.removeprefix("companies_").upper()
        for number, told in enumerate(read(path.stem)["company"]):
            yield country, number, told


def _days(early: dict[str, int], *, is_small: bool) -> dict[str, int]:
    """How many days ago the profiles of all other firms were published: of those who are introduced, some time ago."""
    introduced, others = needed()
    days = {}
    for _country, number, told in companies():
        key = told["key"]
        if key in early or (is_small and key not in introduced | others):
            continue
        days[key] = INTRODUCED + number % 4 if key in introduced else LATEST + 7 * number % SPREAD
    return days


def needed() -> tuple[set[str], set[str]]:
    """Keys of the firms that are introduced to another, and of those to which something else happens."""
    pairs = [*read("introductions")["introduction"], *read("cooperations")["cooperation"]]
    introduced = {pair[side] for pair in pairs for side in ("sender", "receiver")}
    others = {told["profile"] for told in read("visitors")["visitor"]}
    others |= {told["firm"] for told in read("visitors")["visitor"] if "firm" in told}
    for name in ("draft", "review"):
        others |= {told["company"] for told in read(f"{name}s")[name]}
    others |= {told["key"] for told in read("assessments")["assessment"]}
    return introduced, others
