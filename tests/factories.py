"""Makes things for tests in one line each; names and traits say what matters, everything else is plausible.

Reference rows are made when they are first needed. What a service makes in a few queries is made by the service,
so that audit records and searchable texts are there too.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import numpy as np
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from brokers.models import (
    ApiClient,
    Broker,
    DefaultBroker,
    HostOrganisation,
    Invitation,
    Membership,
    Training,
)
from brokers.services.api_keys import add_client, make_key
from brokers.services.defaults import choose_default
from brokers.services.invitations import invite
from brokers.services.members import add_member, appoint_broker
from brokers.services.trainings import TrainingFacts, add_training
from companies.choices import (
    Area,
    Basis,
    Channel,
    InterestStatus,
    ProfileStatus,
    ProfileType,
    Purpose,
    Support,
)
from companies.models import (
    Company,
    Contact,
    CooperationProfile,
    ExpressionOfInterest,
    Interaction,
    NextStep,
    ProfileText,
)
from companies.services.companies import add_company
from companies.services.consents import give_consent
from companies.services.contacts import add_contact
from companies.services.interactions import log_interaction
from companies.services.next_steps import Step, set_next_step
from companies.services.profiles import draft_profile, profile_search_text
from matching.engine.align import DIMENSIONS, LanguageMeans
from matching.engine.blocks import BLOCKS
from matching.engine.score import pair_score
from matching.engine.weights import Weights
from matching.models import Match, MatchRun, RunStatus
from matching.services.frozen import pack_means
from regions.models import Country, NaceCode, PostcodeArea, Region, S3Domain
from tests import places
from tests.publishing import publish_at_once
from tibs.accounts.actor import Actor, actor_of, system
from tibs.accounts.models import User
from tibs.accounts.roles import PLATFORM_ROLES, RoleCode
from tibs.events.models import Letter

BENCH = system("tests")
UNUSABLE = make_password(None)
NO_MEANS = LanguageMeans(*({"": np.zeros(DIMENSIONS, np.float32)} for _side in range(2)))
_numbers = count(1)


def country(code: str = "PL") -> Country:
    """One of the seven countries, with the region in which its host organisation sits."""
    found = Country.objects.filter(code=code).first()
    if found:
        return found
    place = places.COUNTRIES[code]
    made = Country.objects.create(
        code=code,
        name=place.name,
        default_language=place.language,
        time_zone=place.time_zone,
        postcode_digits=place.postcode_digits,
    )
    parent = None
    for level, (region_code, name) in enumerate(place.regions, 1):
        parent = Region.objects.create(
            code=region_code, name=name, country=made, level=level, parent=parent, nuts_version=2024
        )
    return made


def region(country_code: str = "PL") -> Region:
    """The small region (NUTS 3) of a country's host organisation."""
    return _smallest_region(country(country_code))


def _smallest_region(of: Country) -> Region:
    return Region.objects.get(code=places.COUNTRIES[of.code].regions[-1][0])


def region_of(country_code: str, basic: str, small: str) -> Region:
    """Another small region of the country, in another region of level 2."""
    large, _ = Region.objects.get_or_create(
        code=basic[:3],
        defaults={"name": basic[:3], "country": country(country_code), "level": 1, "nuts_version": 2024},
    )
    parent = Region.objects.create(
        code=basic, name=basic, country_id=country_code, level=2, parent=large, nuts_version=2024
    )
    return Region.objects.create(
        code=small, name=small, country_id=country_code, level=3, parent=parent, nuts_version=2024
    )


def postcode(country_code: str, prefix: str, where: Region) -> PostcodeArea:
    return PostcodeArea.objects.create(country_id=country_code, prefix=prefix, region=where)


def domain(code: str = "MANUF") -> S3Domain:
    position = S3Domain.objects.count() + 1
    return S3Domain.objects.get_or_create(code=code, defaults={"name": code.title(), "position": position})[0]


def nace(code: str = "25.62", section: str = "C") -> NaceCode:
    """A NACE class with the codes above it."""
    parent = None
    for level, part in enumerate((section, code[:2], code[:4], code), 1):
        label = f"Branch {part}"
        parent, _ = NaceCode.objects.get_or_create(
            code=part, defaults={"level": level, "parent": parent, "label": label}
        )
    return NaceCode.objects.get(code=code)


def host(country_code: str = "PL", **values: Any) -> HostOrganisation:
    """The partner organisation of a country, made once; with values, another organisation there."""
    place = places.COUNTRIES[country_code]
    number = next(_numbers) + 100
    slug = values.pop("slug", f"host-{number}") if values else place.host.lower()
    found = HostOrganisation.objects.filter(slug=slug).select_related("country", "region").first()
    if found:
        return found
    there = country(country_code)
    given = {
        "number": number if values else place.host_number,
        "name": place.host,
        "short_name": place.host,
        "kind": HostOrganisation.Kind.REGIONAL_DEVELOPMENT,
        "country": there,
        "region": _smallest_region(there),
        "city": place.host_city,
    } | values
    return HostOrganisation.objects.create(slug=slug, **given)


def person(
    name: str = "Ana Nowak",
    *,
    role: RoleCode | str = "",
    organisation: HostOrganisation | None = None,
    language: str = "en",
) -> User:
    """Somebody with an account; `role` counts on the whole platform, or in the `organisation` that is given.

    People with a role have a second step, as far as every request asks; `tests.entrance` gives them real devices.
    """
    address = f"{name.split()[0].lower()}{next(_numbers)}@example.org"
    platform_role = role if role in PLATFORM_ROLES else ""
    user = User.objects.create(
        email=address,
        name=name,
        platform_role=platform_role,
        language=language,
        password=UNUSABLE,
        second_factor_at=timezone.now() if role else None,
    )
    if organisation:
        member(user, organisation, RoleCode(role or RoleCode.BROKER))
    return user


def member(
    user: User, organisation: HostOrganisation, role: RoleCode = RoleCode.BROKER, *, by: Actor = BENCH
) -> Membership:
    if user.second_factor_at is None:
        user.second_factor_at = timezone.now()
        user.save()
    return add_member(user=user, organisation=organisation, role=role, by=by)


def broker(
    name: str = "Ana Nowak", *, organisation: HostOrganisation, languages: tuple[str, ...] = ("en",)
) -> Broker:
    """An appointed broker of the organisation, who serves its region and reads pages in English.

    The person is `.membership.user`.
    """
    joined = member(person(name), organisation)
    return appoint_broker(
        membership=joined, languages=list(languages), regions=[organisation.region], domains=[], by=BENCH
    )


def invitation(organisation: HostOrganisation | None, name: str = "Ewa Lis") -> tuple[str, Invitation]:
    """An invitation of a broker, or of project staff, and the token of its link."""
    made = invite(
        email=f"{name.split()[0].lower()}{next(_numbers)}@example.org",
        name=name,
        role=RoleCode.BROKER if organisation else RoleCode.STAFF,
        organisation=organisation,
        language="en",
        by=BENCH,
        now=timezone.now(),
    )
    link = str(Letter.objects.get(key__startswith=f"invitation:{made.public_id}").context["link"])
    return link.rstrip("/").split("/")[-1], made


def training(who: User | Broker, **values: Any) -> Training:
    """A training in the profile of a broker."""
    taught = who if isinstance(who, Broker) else Broker.objects.get(membership__user=who)
    given = {
        "title": "Basics",
        "provider": "LIC",
        "held_date": date(2026, 3, 2),
        "hours": Decimal(8),
    } | values
    return add_training(broker=taught, facts=TrainingFacts(**given), by=BENCH)


def site(name: str = "Partner site", *, organisation: HostOrganisation | None = None) -> ApiClient:
    """A partner site for which an organisation vouches."""
    return add_client(
        name=name,
        website="https://partner.example",
        contact_email="it@partner.example",
        organisation=organisation or host("PL"),
        by=BENCH,
    )


def api_key(client: ApiClient | None = None, **values: Any) -> str:
    """The text of a key that may send leads."""
    given = {"scopes": ["leads:write"], "days": 30, "now": timezone.now()} | values
    return make_key(client=client or site(), by=BENCH, **given)[1]


def default_broker(country_code: str, who: Broker) -> DefaultBroker:
    return choose_default(country=country(country_code), broker=who, by=BENCH)


def company(
    name: str = "Wood Works",
    *,
    host: HostOrganisation,
    owner: User | None = None,
    source: str = "tests",
    **values: Any,
) -> Company:
    """A company of the host's country; with an owner it is served, without one it is a lead."""
    given = {"country": host.country, "city": host.city, "stage": "active" if owner else "lead"} | values
    return add_company(name=name, host=host, owner=owner, source=source, by=BENCH, **given)


def contact(company: Company, name: str = "Eva Kask", *, user: User | None = None) -> Contact:
    """A person at the company, who signs in as `user` if there is one."""
    address = f"{name.split()[0].lower()}{next(_numbers)}@example.org"
    made = add_contact(company=company, name=name, email=address, language="en", by=BENCH)
    Contact.objects.filter(pk=made.pk).update(user=user)
    made.refresh_from_db()
    return made


def interaction(company: Company, content: str = "Saw the saw mill.", **values: Any) -> Interaction:
    """A visit of an hour and a half, in the contact log now."""
    given = {
        "at": timezone.now(),
        "channel": Channel.VISIT,
        "hours": Decimal("1.5"),
        "support": Support.DIAGNOSIS,
        "content": content,
    }
    return log_interaction(company=company, values=given | values, by=BENCH)


def next_step(company: Company, what: str = "Send the notes", *, in_days: int = 7) -> NextStep:
    """What is to be done next, due in some days from today."""
    due = timezone.localdate() + timedelta(days=in_days)
    return set_next_step(company=company, step=Step(what, due), by=BENCH)


def consent(
    company: Company, purpose: Purpose = Purpose.PUBLISH_ANONYMOUS, *, broker: User | None = None
) -> None:
    """The company agrees; the sharing of its file names a foreign `broker`."""
    recipient = broker.public_id if broker else ""
    give_consent(company=company, purpose=purpose, language="en", by=BENCH, recipient_id=recipient)


def draft(
    company: Company,
    *,
    offered: str = "We plane oak boards.",
    sought: str = "We look for a saw mill.",
    language: str = "en",
    **values: Any,
) -> CooperationProfile:
    """A profile that nobody outside sees yet."""
    text = {
        "language": language,
        "is_original": True,
        "title": offered[:80] or sought[:80],
        "summary": offered[:200] or sought[:200],
        "offered": offered,
        "sought": sought,
    }
    given = {"type": ProfileType.BUSINESS_OFFER, "area": Area.OPERATIONS} | values
    return draft_profile(company=company, texts=[text], by=BENCH, **given)


def profile(company: Company, *, now: datetime | None = None, **values: Any) -> CooperationProfile:
    """A published profile of a company that agreed to it; takes what `draft` takes."""
    consent(company)
    return publish_at_once(draft(company, **values), by=BENCH, now=now)


def public_facts(
    company: Company, *, offered: str = "Makes oak boards.", language: str = "en"
) -> CooperationProfile:
    """What an import knows about a company that never agreed to anything."""
    text = {"language": language, "is_original": True, "offered": offered}
    made = CooperationProfile.objects.create(
        company=company,
        type=ProfileType.BUSINESS_OFFER,
        basis=Basis.PUBLIC_SOURCE,
        status=ProfileStatus.PUBLISHED,
        published_at=timezone.now(),
        search_text=profile_search_text([text]),
    )
    ProfileText.objects.create(profile=made, **text)
    return made


def interest(
    profile: CooperationProfile, *, company: Company | None = None, **values: Any
) -> ExpressionOfInterest:
    """Interest of a visitor in a profile: with a company it is confirmed and waits for the company's broker."""
    now = timezone.now()
    given = {
        "form_token": f"form {next(_numbers)}",
        "status": InterestStatus.ROUTED if company else InterestStatus.WAITING,
        "country": company.country if company else country("FI"),
        "organisation_name": company.name if company else "Kymen Saha Oy",
        "name": "Aino Salo",
        "email": f"aino{next(_numbers)}@example.org",
        "language": "en",
        "presentation": "We saw birch for makers of furniture. " * 5,
        "interest": "We look for oak boards of this kind. " * 5,
        "confirmed_at": now if company else None,
        "due_at": now + timedelta(days=2) if company else None,
        "expires_at": now + timedelta(days=7),
    } | values
    return ExpressionOfInterest.objects.create(profile=profile, company=company, **given)


def match_run(**values: Any) -> MatchRun:
    """A finished matching of the present moment, with the default weights and without language means."""
    given = {
        "status": RunStatus.DONE,
        "weights": Weights().as_mapping(),
        "means": pack_means(NO_MEANS),
        "finished_at": timezone.now(),
    } | values
    return MatchRun.objects.create(**given)


def match(
    profile: CooperationProfile,
    partner: CooperationProfile,
    *,
    run: MatchRun | None = None,
    forward: float = 0.4,
    backward: float = 0.2,
    rank: int = 1,
) -> Match:
    """A pair that the newest run found; the directions are seen from `profile` and consist of texts alone."""
    first, second = sorted((profile, partner), key=lambda side: side.pk)
    if first == partner:
        forward, backward = backward, forward
    directions = {"forward": forward, "backward": backward}
    silent = dict.fromkeys(BLOCKS, 0.0)
    return Match.objects.create(
        first=first,
        second=second,
        run=run or MatchRun.objects.order_by("-pk").first() or match_run(),
        score=float(pair_score(np.array([forward]), np.array([backward]))[0]),
        parts={name: silent | {"text": value} for name, value in directions.items()},
        first_rank=rank,
        second_rank=rank,
        **directions,
    )


def actor(who: User | Broker) -> Actor:
    return actor_of(who.membership.user if isinstance(who, Broker) else who)
