"""The firms of the demonstration: added, written about, published, and what became of the profiles of the first."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from brokers.models import HostOrganisation
from companies.choices import Purpose, Stage
from companies.models import Company, CooperationProfile
from companies.services.call_clock import close_calls
from companies.services.companies import add_company
from companies.services.consents import give_consent
from companies.services.contacts import add_contact
from companies.services.expiry import expire_profiles
from companies.services.interest_checks import answer_interest, ask_for_interest
from companies.services.profile_writing import begin_profile, translate_profile
from companies.services.publishing import renew_profile, withdraw_profile
from companies.size import size_class
from regions.models import S3Domain
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.demo.cast import Cast, read
from tibs.demo.clock import ago, at
from tibs.demo.publishing import BEGUN, publish_told

Owner = tuple[User, HostOrganisation]
PARTS = ("offered", "sought", "advantages", "technical")
# Others were published during the last weeks: before those who want to be introduced, and on different days.
INTRODUCED, LATEST, SPREAD = 29, 2, 19
# Days ago on which the question whether a firm is still interested went out; a month lies between, even where a
# day falls on a weekend and comes two days earlier.
ASKED = (99, 66, 34, 1)


def tell_firm(
    told: Mapping[str, Any], country: str, owner: Owner, cast: Cast, *, days: int, now: datetime
) -> None:
    """Add a company with its contact and its profile, published so many days ago if it is active."""
    with at(ago(now, days + BEGUN)):
        company = _company(told, country, owner, cast)
        profile = write_profile(company, told["profile"], cast.broker(company))
        if company.stage == Stage.ACTIVE:
            language = told["profile"]["language"]
            give_consent(
                company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language=language, by=cast.broker(company)
            )
    if company.stage == Stage.ACTIVE:
        publish_told(profile=profile, cast=cast, days=days, now=now)


def _company(told: Mapping[str, Any], country: str, owner: Owner, cast: Cast) -> Company:
    user, host = owner
    language = told["profile"]["language"]
    company = add_company(
        by=cast.actor(user),
        source=cast.source,
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
    add_contact(company=company, **told["contact"], language=language, by=cast.actor(user))
    return cast.company(told["key"])


def write_profile(company: Company, told: Mapping[str, Any], by: Actor) -> CooperationProfile:
    """The original, and the English title and summary beside it where the original is in another language."""
    language = told["language"]
    english = {"title": told["title_en"], "summary": told["summary_en"]}
    words = {name: told.get(name, "") for name in ("title", "summary", *PARTS)}
    profile = begin_profile(
        company=company,
        language=language,
        facts=_facts(told),
        words=words | (english if language == "en" else {}),
        call=_call(told["call"]) if "call" in told else None,
        by=by,
    )
    if language != "en":
        translate_profile(profile=profile, language="en", version=0, words=english, by=by)
    profile.company = company
    return profile


def _facts(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": told["type"],
        "area": told["area"],
        "domain": S3Domain.objects.get(code=told["domain"]),
        "cooperation_types": told["cooperation"],
        "partner_kinds": told["partners"],
        "working_languages": told["languages"],
        "wished_countries": told["wishes"],
        "keywords": told["keywords"],
        "development": told.get("development", ""),
        "protection": told.get("protection", ""),
    }


def _call(told: Mapping[str, Any]) -> dict[str, Any]:
    """Its days come after that on which the profile was begun."""
    day = timezone.localdate()
    return {
        "programme": told["programme"],
        "title": told["title"],
        "interest_until": day + timedelta(days=told["interest_days"]),
        "closing_date": day + timedelta(days=told["closing_days"]),
        "weeks": told["weeks"],
        "budget": told["budget"],
    }


def pass_the_months(cast: Cast, now: datetime) -> None:
    """Ask the first firms every month whether they are interested, renew or withdraw profiles, let others end."""
    lives = read("lives")["life"]
    for life in lives:
        if "renewed" in life:
            with at(ago(now, life["renewed"])):
                profile = cast.profile(life["key"])
                renew_profile(profile=profile, by=cast.broker(profile.company))
    silent = {life["key"] for life in lives if life.get("silent")}
    for days in ASKED:
        _ask(cast, silent, ago(now, days, 6), ago(now, days - 2, 12))
    for life in lives:
        if "withdrawn" in life:
            with at(ago(now, life["withdrawn"])):
                profile = cast.profile(life["key"])
                withdraw_profile(profile=profile, by=cast.broker(profile.company))
    yesterday = now - timedelta(days=1)
    with at(yesterday):
        close_calls(now=yesterday)
        expire_profiles(now=yesterday)


def _ask(cast: Cast, silent: set[str], moment: datetime, later: datetime) -> None:
    with at(moment):
        close_calls(now=moment)
        ask_for_interest(now=moment)
    asked = CooperationProfile.objects.filter(interest_asked_at=moment, company__source=cast.source)
    with at(later):
        close_calls(now=later)
    for profile in asked.filter(open_for_interest=True).select_related("company__owner").order_by("pk"):
        if profile.company.external_id not in silent:
            with at(later):
                answer_interest(profile=profile, is_interested=True, by=cast.firm(profile.company))
