"""Published profiles made of descriptions of real firms, which are not part of this repository.

The file is a CSV with the columns external_id, name, country, city, industry and description_en, as
`import_companies` takes it.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from brokers.models import HostOrganisation
from brokers.services import reference_data
from brokers.services.members import add_member, appoint_broker
from companies.choices import Area, Basis, CompanyKind, Cooperation, PartnerKind, ProfileType, Purpose, Stage
from companies.consent_texts import text_hash
from companies.models import Company, Consent, CooperationProfile, ProfileText
from companies.models.profile_text import LONGEST_SIDE
from companies.services.companies import derive
from companies.services.profiles import profile_search_text
from matching.engine.sentences import split_sentences
from regions.models import S3Domain
from tibs.accounts.actor import system
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.accounts.services import account_for

BENCHMARK = system("benchmark")
SOURCE = "real"
TYPES = (ProfileType.BUSINESS_OFFER, ProfileType.BUSINESS_REQUEST, ProfileType.TECHNOLOGY_OFFER)
AT_ONCE = 500


class Firms:
    """What the file says: the firms, and their sentences by industry, from which more texts are mixed."""

    def __init__(self, file: Path, longest: int = LONGEST_SIDE) -> None:
        self.longest = longest
        with file.open(encoding="utf-8", newline="") as lines:
            self.rows = list(csv.DictReader(lines))
        self.by_industry: dict[str, list[str]] = defaultdict(list)
        for row in self.rows:
            self.by_industry[row["industry"]] += split_sentences(row["description_en"])

    def text(self, number: int, chance: random.Random) -> dict[str, str]:
        """The words of a profile. The first ones offer what the firm's own description says, later ones as many
        sentences of its industry; all seek what two sentences of its industry say."""
        row = self.rows[number % len(self.rows)]
        own, industry = split_sentences(row["description_en"]), self.by_industry[row["industry"]]
        offered = own if number < len(self.rows) else chance.choices(industry, k=len(own))
        sought = chance.choices(industry, k=2)
        return {
            "language": "en",
            "title": offered[0][:200],
            "summary": " ".join(offered[1:3])[:500],
            "offered": " ".join(offered)[: self.longest],
            "sought": " ".join(sought)[: self.longest],
        }


def open_catalogue(file: Path, *, count: int = 0, longest: int = LONGEST_SIDE) -> int:
    """Import the firms and publish a profile of each, then mixed ones until there are `count`; how many there are.

    Each side is cut at `longest` characters.
    """
    reference_data.load()
    brokers = dict(_brokers())
    call_command("import_companies", file, source=SOURCE, verbosity=0)
    firms, chance = Firms(file, longest), random.Random(7)  # noqa: S311  # a seed
    _publish_imported(firms, brokers, chance)
    hosts = {host.country_id: host for host in HostOrganisation.objects.filter(pk__in=brokers)}
    numbers = range(len(firms.rows), count)
    for some in batched(numbers, AT_ONCE, strict=False):
        _publish_mixed(firms, some, hosts, brokers, chance)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return CooperationProfile.objects.published().count()


def _brokers() -> Iterator[tuple[int, User]]:
    for host in HostOrganisation.objects.order_by("country", "pk"):
        address = f"broker-{host.pk}@benchmark.example"
        person = account_for(email=address, name=f"Broker {host.pk}", language="en")
        member = add_member(user=person, organisation=host, role=RoleCode.BROKER, by=BENCHMARK)
        appoint_broker(membership=member, languages=["en"], regions=[host.region], domains=[], by=BENCHMARK)
        yield host.pk, person


def _publish_imported(firms: Firms, brokers: dict[int, User], chance: random.Random) -> None:
    places = {row["external_id"]: number for number, row in enumerate(firms.rows)}
    texts = ProfileText.objects.filter(profile__company__source=SOURCE).select_related("profile__company")
    made = [(text, firms.text(places[text.profile.company.external_id], chance)) for text in texts]
    now, domains = timezone.now(), _domains()
    for text, words in made:
        _set(text, words)
        _set(text.profile.company, _company_facts(text.profile.company, brokers))
        _set(text.profile, _profile_facts(text.profile_id, words, domains, now, chance))
        text.profile.reference = _reference(text.profile.company, text.profile_id)
    companies = [text.profile.company for text, _ in made]
    Company.objects.bulk_update(companies, ["kind", "stage", "owner"], batch_size=AT_ONCE)
    names = [*_profile_facts(0, made[0][1], domains, now, chance), "reference"]
    CooperationProfile.objects.bulk_update([text.profile for text, _ in made], names, batch_size=AT_ONCE)
    ProfileText.objects.bulk_update([text for text, _ in made], list(made[0][1]), batch_size=AT_ONCE)
    _consent(companies, now)


def _publish_mixed(
    firms: Firms,
    numbers: tuple[int, ...],
    hosts: dict[str, HostOrganisation],
    brokers: dict[int, User],
    chance: random.Random,
) -> None:
    now, domains, companies, profiles, texts = timezone.now(), _domains(), [], [], []
    for number in numbers:
        row = firms.rows[number % len(firms.rows)]
        company = Company(
            name=f"{row['name'][:80]} {number}", host=hosts[row["country"]], city=row["city"], source="mixed"
        )
        company.country_id = row["country"]
        _set(company, _company_facts(company, brokers))
        derive(company)
        words = firms.text(number, chance)
        profile = CooperationProfile(company=company, **_profile_facts(number, words, domains, now, chance))
        profile.reference = _reference(company, 100_000 + number)
        companies.append(company)
        profiles.append(profile)
        texts.append(ProfileText(profile=profile, is_original=True, **words))
    Company.objects.bulk_create(companies)
    CooperationProfile.objects.bulk_create(profiles)
    ProfileText.objects.bulk_create(texts)
    _consent(companies, now)


def _company_facts(company: Company, brokers: dict[int, User]) -> dict[str, Any]:
    return {"kind": CompanyKind.SME, "stage": Stage.ACTIVE, "owner": brokers[company.host_id]}


def _profile_facts(
    number: int, words: dict[str, str], domains: list[S3Domain], now: datetime, chance: random.Random
) -> dict[str, Any]:
    published_at = now - timedelta(seconds=chance.randrange(300 * 86_400))
    return {
        "type": TYPES[number % len(TYPES)],
        "area": chance.choice(Area.values),
        "domain": chance.choice(domains),
        "cooperation_types": chance.sample(Cooperation.values, 1 + number % 3),
        "partner_kinds": chance.sample(PartnerKind.values, 1 + number % 2),
        "basis": Basis.APPROVED,
        "status": "published",
        "published_at": published_at,
        "expires_at": published_at + timedelta(days=365),
        "search_text": profile_search_text([words]),
    }


def _reference(company: Company, number: int) -> str:
    return f"TIBS-BO{company.country_id}20260101{number}"


def _domains() -> list[S3Domain]:
    return list(S3Domain.objects.order_by("pk"))


def _consent(companies: list[Company], now: datetime) -> None:
    """As many other consents beside the one that counts as firms give."""
    Consent.objects.bulk_create(
        Consent(
            company=company,
            purpose=purpose,
            is_given=True,
            text_hash=text_hash(purpose, "en"),
            language="en",
            at=now,
            valid_until=now + timedelta(days=365),
            actor_id=BENCHMARK.id,
        )
        for company in companies
        for purpose in (Purpose.PUBLISH_ANONYMOUS, Purpose.SYNDICATE)
    )


def _set(thing: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)
