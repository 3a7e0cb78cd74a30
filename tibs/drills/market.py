"""What a drill works on: firms with published profiles, one of which somebody uses while servers fall."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brokers.models import HostOrganisation
from brokers.services import reference_data
from brokers.services.members import add_member, appoint_broker
from companies.choices import Area, ProfileStatus, ProfileType, Purpose, ReviewDecision
from companies.models import Company, Contact, CooperationProfile, ProfileReview
from companies.services.approvals import approve_profile
from companies.services.companies import add_company
from companies.services.consents import give_consent
from companies.services.contacts import add_contact
from companies.services.profile_words import hash_of
from companies.services.profiles import draft_profile, publish_profile
from companies.services.readers import choose_reader
from matching.models import Match, MatchRun, ProfileVector
from tibs.accounts.actor import system
from tibs.accounts.models import User as Person
from tibs.accounts.roles import RoleCode
from tibs.accounts.services import account_for

DRILL = system("drill")
POINTS = {"advantages": 4, "clarity": 5, "cooperation": 4, "wording": 4}
TRADES = (
    ("Oak boards and glued beams, dried and planed.", "A joinery that builds stairs from oak boards."),
    ("Oak stairs built to measure by a joinery.", "Oak boards and glued beams, dried and planed."),
    ("Software that plans routes of delivery vans.", "A haulier with delivery vans for a pilot."),
    ("A haulier with forty delivery vans.", "Software that plans routes of delivery vans."),
    ("Rye bread and crispbread baked on stone.", "Packaging that keeps crispbread dry."),
    ("Paper packaging with a barrier against damp.", "A bakery that tests packaging for crispbread."),
)
# Long enough to be killed in their midst: while a part is computed, and between its writing and its commit.
PART_SECONDS, STORE_SECONDS = 0.2, 0.1
# What a sweep asks for again at once; more would fill the queue faster than slow machines empty it.
SWEPT_PARTS = 10


@dataclass(frozen=True)
class User:
    """Somebody of a firm who is signed in: the cookie of the session, the page they read, the address they write to."""

    session: str
    reads: str
    writes: str
    company: Company


def open_market(countries: int) -> User:
    """Load reference data, publish a profile for each trade in some countries, and sign somebody in."""
    reference_data.load()
    _ask("CREATE TABLE drill_stored (part bigint NOT NULL)")
    hosts = HostOrganisation.objects.order_by("country", "pk").distinct("country")[:countries]
    companies = [
        _company(f"Tarvela {number} {host.country_id}", host, broker, *trade)
        for host, broker in list(_brokers(hosts))
        for number, trade in enumerate(TRADES, start=1)
    ]
    return _sign_in(companies[0])


def forget_results() -> None:
    """As before the first run: the next one reads every text anew."""
    Match.objects.all().delete()
    MatchRun.objects.all().delete()
    ProfileVector.objects.all().delete()
    _ask("DELETE FROM drill_stored")


def note_stored(part_id: int) -> None:
    """In the transaction that stores the result of a part: what is committed once is counted once."""
    _ask("INSERT INTO drill_stored VALUES (%s)", [part_id])


def stored_again() -> int:
    """How many results of parts were stored that were there already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) - count(DISTINCT part) FROM drill_stored")
        return int(cursor.fetchone()[0])


def _ask(statement: str, values: Sequence[int] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def results() -> list[tuple[object, ...]]:
    """What the newest run found, comparable between runs."""
    rows = Match.objects.filter(is_current=True).order_by("first", "second")
    return list(rows.values_list("first", "second", "score", "first_rank", "second_rank", "parts"))


def _brokers(hosts: Iterable[HostOrganisation]) -> Iterator[tuple[HostOrganisation, Person]]:
    for host in hosts:
        address = f"broker-{host.country_id.lower()}@drill.example"
        person = account_for(email=address, name=f"Broker {host.country_id}", language="en")
        member = add_member(user=person, organisation=host, role=RoleCode.BROKER, by=DRILL)
        appoint_broker(membership=member, languages=["en"], regions=[host.region], domains=[], by=DRILL)
        yield host, person


def _company(name: str, host: HostOrganisation, broker: Person, offered: str, sought: str) -> Company:
    """The name stands in none of its words: no profile is published that gives its company away."""
    company = add_company(
        name=name,
        host=host,
        owner=broker,
        country=host.country,
        city=host.city,
        source="drill",
        stage="active",
        by=DRILL,
    )
    give_consent(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=DRILL)
    text = {"language": "en", "is_original": True, "title": offered, "summary": offered}
    drafted = draft_profile(
        company=company,
        texts=[text | {"offered": offered, "sought": sought}],
        type=ProfileType.BUSINESS_OFFER,
        area=Area.OPERATIONS,
        by=DRILL,
    )
    _publish(drafted)
    return company


def _publish(profile: CooperationProfile) -> None:
    """As if somebody abroad had read it: a drill is not about the automatic check of texts."""
    now = timezone.now()
    words, chosen = hash_of(profile), choose_reader(profile, now)
    ProfileReview.objects.create(
        profile=profile,
        reader=chosen.person,
        chosen_because=chosen.reasons,
        text_hash=words,
        decision=ReviewDecision.READY,
        decided_at=now,
        **chosen.clock(now),
        **POINTS,
    )
    profile.status = ProfileStatus.COMPANY_APPROVAL
    profile.save(update_fields=["status", "updated_at"])
    approve_profile(profile=profile, by=DRILL, shown_hash=words, comment="Drill.", now=now)
    publish_profile(profile=profile, by=DRILL, now=now)


def _sign_in(company: Company) -> User:
    contact = add_contact(company=company, name="Ewa Lis", email="ewa@drill.example", language="en", by=DRILL)
    user = account_for(email=contact.email, name=contact.name, language="en")
    Contact.objects.filter(pk=contact.pk).update(user=user)
    browser = Client()
    browser.force_login(user)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    reads, writes = (reverse(name, args=[company.public_id]) for name in ("own_data", "own_messages"))
    return User(session=session, reads=reads, writes=writes, company=company)
