"""The demonstration story, told by calling the same services as everybody else."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from brokers.models import HostOrganisation
from brokers.services import reference_data
from brokers.services.members import add_member, appoint_broker
from companies.choices import Purpose, Stage
from companies.models import Company
from companies.services.companies import add_company
from companies.services.consents import give_consent
from companies.services.contacts import add_contact
from companies.services.profiles import draft_profile
from companies.size import size_class
from regions.models import S3Domain
from tibs.accounts.actor import actor_of, system
from tibs.accounts.models import User
from tibs.accounts.roles import PLATFORM_ROLES, RoleCode
from tibs.demo.assessments import assess
from tibs.demo.catalogue import visit_catalogue
from tibs.demo.cooperations import tell_cooperations
from tibs.demo.introductions import tell_introductions
from tibs.demo.newcomers import welcome
from tibs.demo.planning import plan
from tibs.demo.publishing import publish_told
from tibs.demo.registrations import tell_registrations
from tibs.demo.second_step import APP_SECRET
from tibs.entrance.services.devices import give_app

STORY = Path(__file__).parent / "story"
SOURCE = "demo"
TELLER = system("demo")


def is_told() -> bool:
    return Company.objects.filter(source=SOURCE).exists()


@transaction.atomic
def tell(*, now: datetime, progress: Callable[[str], None] = lambda _line: None) -> None:
    """Tell the whole story once; told again it changes nothing."""
    reference_data.load()
    if is_told():
        return
    progress("people")
    brokers = _people(_read("people.toml")["person"])
    for path in sorted(STORY.glob("companies_*.toml")):
        country = path.stem.removeprefix("companies_").upper()
        progress(f"companies in {country}")
        for number, company in enumerate(_read(path.name)["company"]):
            owners = brokers[country]
            _company(company, country, owners[number % len(owners)], now)
    progress("registrations")
    tell_registrations(now=now, by=TELLER)
    progress("newcomers and next steps")
    welcome(SOURCE, now)
    plan(SOURCE, now)
    progress("assessments")
    assess(SOURCE, now)
    progress("the catalogue")
    visit_catalogue(SOURCE, now)
    progress("introductions")
    tell_introductions(SOURCE, now)
    progress("cooperations")
    tell_cooperations(SOURCE, now)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((STORY / name).read_text(encoding="utf-8"))


def _people(people: list[dict[str, Any]]) -> dict[str, list[tuple[User, HostOrganisation]]]:
    """Everybody who signs in; the answer holds the brokers of each country with their organisations."""
    hosts = {host.number: host for host in HostOrganisation.objects.select_related("region")}
    brokers: dict[str, list[tuple[User, HostOrganisation]]] = {}
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


def _company(told: dict[str, Any], country: str, owner: tuple[User, HostOrganisation], now: datetime) -> None:
    user, host = owner
    broker = actor_of(user)
    profile = told["profile"]
    language = profile["language"]
    company = add_company(
        by=broker,
        source=SOURCE,
        external_id=told["key"],
        name=told["name"],
        country_id=country,
        region_id=told["nuts3"],
        city=told["city"],
        nace_id=told["nace"],
        size_class=size_class(told["employees"], told["turnover_meur"]),
        language=language,
        stage=told["stage"],
        host=host,
        owner=user,
    )
    add_contact(company=company, **told["contact"], language=language, by=broker)
    draft = draft_profile(company=company, texts=_texts(profile), **_facts(profile), by=broker)
    if company.stage == Stage.ACTIVE:
        give_consent(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language=language, by=broker)
        publish_told(profile=draft, by=broker, now=now)


def _facts(profile: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": profile["type"],
        "area": profile["area"],
        "domain_id": profile["domain"],
        "cooperation_types": profile["cooperation"],
        "working_languages": profile["languages"],
        "wished_countries": profile["wishes"],
    }


def _texts(profile: dict[str, Any]) -> list[dict[str, Any]]:
    """The original, and the English title and summary beside it where the original is in another language."""
    sides = {"offered": profile.get("offered", ""), "sought": profile.get("sought", "")}
    english = {"title": profile["title_en"], "summary": profile["summary_en"]}
    if profile["language"] == "en":
        return [{"language": "en", "is_original": True, **english, **sides}]
    return [{"language": profile["language"], "is_original": True, **sides}, {"language": "en", **english}]
