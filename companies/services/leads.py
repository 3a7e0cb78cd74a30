"""Leads: firms that came in and that nobody is responsible for yet."""

from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import override

from brokers.models import HostOrganisation, Membership
from brokers.services.routing import route
from companies import events
from companies.choices import Stage
from companies.identity import normalised_register_number
from companies.models import Company, Contact
from companies.notices import LEAD_ARRIVED
from companies.policies import can_create_lead, require
from companies.services.companies import add_company
from companies.services.contacts import add_contact
from companies.services.duplicates import MAY_BE_KNOWN, NUMBER_KNOWN, similar_companies
from companies.services.suppressions import email_key, refuse_suppressed, register_key
from companies.size import size_class_by_bands
from regions.models import Country, NaceCode, Region
from regions.selectors import region_for_postcode
from regions.working_days import deadline
from tibs.accounts.actor import Actor, system
from tibs.accounts.models import User
from tibs.accounts.services import account_for
from tibs.core.links import absolute
from tibs.events.recording import record
from tibs.events.services.inbox import notify, settle
from tibs.events.services.letters import write_letter
from tibs.figures import CLAIM_DAYS

INTAKE = system("companies.leads")
BROUGHT_IN = "brought_in"


@dataclass(frozen=True, kw_only=True)
class LeadFacts:
    """What is told about a firm that comes in; all but name and country may be unknown.

    Without a `region` the postcode tells it. The bands are values of MoneyBand; the size class follows from them.
    """

    name: str
    country: Country
    region: Region | None = None
    street: str = ""
    postcode: str = ""
    city: str = ""
    register_number: str = ""
    vat_number: str = ""
    website: str = ""
    nace: NaceCode | None = None
    secondary_nace: tuple[NaceCode, ...] = ()
    founded_year: int | None = None
    staff_count: int | None = None
    turnover_band: str = ""
    balance_band: str = ""
    independence: str = ""
    heard_from: str = ""
    previous_support: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LeadContact:
    """The person who speaks for the firm. `confirmed_at` is when the address proved to be theirs, if it did."""

    name: str
    email: str
    language: str
    phone: str = ""
    job_title: str = ""
    confirmed_at: datetime | None = None


@dataclass(frozen=True)
class Proposal:
    """Who is to answer, and why; without a person the lead waits for its escalation."""

    person: User | None
    organisation: HostOrganisation
    reasons: list[dict[str, str | int]]


@transaction.atomic
def create_lead(
    *,
    facts: LeadFacts,
    contact: LeadContact,
    source: str,
    by: Actor,
    external_id: str = "",
    is_greeted: bool = True,
    to: Membership | None = None,
    now: datetime | None = None,
) -> Company:
    """Take a firm in: its company in stage lead, its contact with an account, and a broker who is to answer.

    `source` says where it came from (`web`, `broker`, the name of a partner site); `external_id` is its id there.
    Routing proposes a broker, who is told by letter and has two working days of the firm's country to claim it; with
    `to` it is proposed to that person instead. The contact is told who that is, unless `is_greeted` is false.
    BadInputError names what does not fit.

    Who brings the firm in is never told whether it is known already; `routing_facts` say it to the broker. Where its
    register number is taken, the lead comes in without the number, and they keep that too.
    """
    require(can_create_lead(by))
    _refuse_erased(facts, contact)
    now = now or timezone.now()
    region = facts.region or region_for_postcode(facts.country, facts.postcode)
    chosen = _kept_by(to) if to else _routed(facts.country, region, contact.language, now)
    known = _known_number(facts)
    company = add_company(
        by=INTAKE,
        source=source,
        external_id=external_id,
        host=chosen.organisation,
        language=contact.language,
        **_values(facts, region) | ({"register_number": ""} if known else {}),
        proposed_owner=chosen.person,
        routing_facts=[*chosen.reasons, *known],
        answer_due_at=deadline(facts.country, now, CLAIM_DAYS),
    )
    company.secondary_nace.set(facts.secondary_nace)
    _note_what_it_may_be(company, facts, contact)
    person = _add_person(company, contact)
    said = {"source": source, "proposed": chosen.person.public_id if chosen.person else ""}
    record(events.LEAD_CREATED, about=company, by=by, company_id=company.public_id, facts=said)
    if chosen.person and chosen.person.public_id != by.id:
        _tell_broker(company, chosen.person)
    if is_greeted:
        _greet(company, person, chosen.person)
    return company


def settle_lead(company: Company, by: Actor) -> None:
    """Rule: somebody answers for the company now, or it is no lead any more; nobody is waited for."""
    if company.owner_id or company.merged_into_id or company.stage != Stage.LEAD:
        for kind in ("lead", "lead_unanswered"):
            settle(key=f"{kind}:{company.public_id}", now=timezone.now())


def answer_day(company: Company) -> str:
    """The day until which the company hears from its broker, on its own calendar, in ISO form; '' if none."""
    due = company.answer_due_at
    return due.astimezone(ZoneInfo(company.country.time_zone)).date().isoformat() if due else ""


def answer_date(company: Company, language: str) -> str:
    """That day in the words of a language."""
    day = parse_date(answer_day(company))
    with override(language):
        return date_format(day) if day else ""


def _values(facts: LeadFacts, region: Region | None) -> dict[str, object]:
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__ if name != "secondary_nace"}
    return values | {
        "region": region,
        "previous_support": list(facts.previous_support),
        "size_class": size_class_by_bands(facts.staff_count, facts.turnover_band, facts.balance_band),
    }


def _refuse_erased(facts: LeadFacts, contact: LeadContact) -> None:
    """Others do not bring an erased firm in again; who registers again by themselves is welcome."""
    if contact.confirmed_at is None:
        number = register_key(facts.country.code, facts.register_number)
        refuse_suppressed([email_key(contact.email), number])


def _routed(country: Country, region: Region | None, language: str, now: datetime) -> Proposal:
    chosen = route(country=country, region=region, language=language, now=now)
    return Proposal(chosen.person, chosen.organisation, chosen.facts)


def _kept_by(membership: Membership) -> Proposal:
    return Proposal(membership.user, membership.organisation, [{"code": BROUGHT_IN}])


def _known_number(facts: LeadFacts) -> list[dict[str, str]]:
    """The fact that the register number is taken, if it is."""
    number = normalised_register_number(facts.country.code, facts.register_number)
    taken = Company.objects.filter(country=facts.country, register_number=number)
    return [{"code": NUMBER_KNOWN, "number": number}] if number and taken.exists() else []


def _note_what_it_may_be(company: Company, facts: LeadFacts, contact: LeadContact) -> None:
    found = similar_companies(
        name=facts.name,
        country=facts.country.code,
        register_number=facts.register_number,
        vat_number=facts.vat_number,
        website=facts.website,
        email=contact.email,
        leave_out=company,
    )
    if found:
        note = {
            "code": MAY_BE_KNOWN,
            "companies": [one.company.public_id for one in found],
            "is_certain": any(one.is_certain for one in found),
        }
        company.routing_facts = [*company.routing_facts, note]
        company.save(update_fields=["routing_facts", "updated_at"])


def _add_person(company: Company, contact: LeadContact) -> Contact:
    account = account_for(email=contact.email, name=contact.name, language=contact.language)
    return add_contact(company=company, by=INTAKE, user=account, is_primary=True, **asdict(contact))


def _tell_broker(company: Company, person: User) -> None:
    notify(
        LEAD_ARRIVED,
        to=person,
        url=company.get_absolute_url(),
        key=f"lead:{company.public_id}",
        values={
            "company": company.name,
            "city": company.city,
            "due_date": answer_day(company),
            "may_be_known": int(any(fact["code"] == MAY_BE_KNOWN for fact in company.routing_facts)),
        },
        company_id=company.public_id,
    )


def _greet(company: Company, person: Contact, broker: User | None) -> None:
    host: HostOrganisation = company.host
    write_letter(
        template="lead_received",
        to=person.email,
        language=person.language,
        context={
            "name": person.name,
            "company": company.name,
            "broker": broker.name if broker else "",
            "host": host.name,
            "due": answer_date(company, person.language),
            "link": absolute("/"),
        },
        company_id=company.public_id,
        key=f"lead_received:{company.public_id}",
    )
