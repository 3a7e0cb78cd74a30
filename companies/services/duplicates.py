"""Finding companies that may be one, over the whole network; who is told what is for callers to decide."""

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.identity import (
    name_key,
    normalised_domain,
    normalised_register_number,
    normalised_vat,
    register_number_of_vat,
    vat_of_register_number,
)
from companies.models import Company, Contact, NotDuplicate
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission

# The least likeness of two compared names (0 to 1) that is worth a look, at home and in another country.
ALIKE = 0.55
ALIKE_ABROAD = 0.9
MOST = 10
LONGEST = 300
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# A bound for each kind of reason, so that a shared address or a common name costs no more than any other.
MOST_OF_ONE_KIND = 30


# Codes of the facts that the way in writes on a lead.
MAY_BE_KNOWN, NUMBER_KNOWN = "may_be_known", "register_number_known"


class Why(StrEnum):
    """Why two entries may be one company, the most certain first."""

    REGISTER_NUMBER = "register_number"
    VAT_NUMBER = "vat_number"
    PERSON = "person"
    WEB_DOMAIN = "web_domain"
    NAME = "name"


WORDS: dict[Why, str | Promise] = {
    Why.REGISTER_NUMBER: _("Same register number"),
    Why.VAT_NUMBER: _("Same VAT number"),
    Why.PERSON: _("Same contact person"),
    Why.WEB_DOMAIN: _("Same web address"),
    Why.NAME: _("Similar name"),
}
POINTS = {Why.REGISTER_NUMBER: 100, Why.VAT_NUMBER: 100, Why.PERSON: 50, Why.WEB_DOMAIN: 50, Why.NAME: 40}
CERTAIN = frozenset({Why.REGISTER_NUMBER, Why.VAT_NUMBER})


@dataclass(frozen=True)
class Suspicion:
    """A company that may be the same, why, and how sure that is (points, for the order only)."""

    company: Company
    why: tuple[Why, ...]
    points: float

    @property
    def is_certain(self) -> bool:
        return not CERTAIN.isdisjoint(self.why)


def similar_companies(
    *,
    name: str,
    country: str,
    register_number: str = "",
    vat_number: str = "",
    website: str = "",
    email: str = "",
    leave_out: Company | None = None,
) -> list[Suspicion]:
    """At most ten companies that may be the one described, the likeliest first.

    Looks at every company of the network, also at entries that were merged: then the company that they belong to
    now is named. Pairs that somebody looked at and called different from `leave_out` are left out. The answer
    tells who is in the network: show it to brokers by `shown_to`, never to visitors.
    """
    number = normalised_register_number(country, _askable(register_number))
    vat = normalised_vat(country, _askable(vat_number))
    found = _same_values(
        numbers={number, register_number_of_vat(country, vat)} - {""},
        vats={vat, vat_of_register_number(country, number)} - {""},
        domains={normalised_domain(website), normalised_domain(email)} - {""},
        country=country,
    )
    for key in _companies_of_person(_askable(email)):
        found[key][Why.PERSON] = 1.0
    for key, likeness in _same_name(name_key(name), country):
        found[key][Why.NAME] = likeness
    return _ranked(found, leave_out)


def suspicions_about(company: Company) -> list[Suspicion]:
    """Who `company` may be the same as, by its own facts and the address of its first contact."""
    first = company.contacts.order_by("-is_primary", "pk").first()
    return similar_companies(
        name=company.name,
        country=company.country_id,
        register_number=company.register_number or _number_left_out(company),
        vat_number=company.vat_number,
        website=company.website,
        email=first.email if first else "",
        leave_out=company,
    )


@dataclass(frozen=True)
class Shown:
    """What one reader learns about a suspicion: of a foreign company its name, country and broker only."""

    public_id: str
    name: str
    country: str
    broker: str
    why: tuple[str, ...]
    is_certain: bool
    is_visible: bool


def shown_to(suspicions: list[Suspicion], actor: Actor) -> list[Shown]:
    """The suspicions in words for a broker; nothing for those who may not read companies."""
    if not actor.may(Permission.READ_COMPANIES):
        return []
    keys = [suspicion.company.pk for suspicion in suspicions]
    visible = set(Company.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        Shown(
            public_id=suspicion.company.public_id,
            name=suspicion.company.name,
            country=suspicion.company.country.name,
            broker=_broker_of(suspicion.company),
            why=tuple(str(WORDS[why]) for why in suspicion.why),
            is_certain=suspicion.is_certain,
            is_visible=suspicion.company.pk in visible,
        )
        for suspicion in suspicions
    ]


def _broker_of(company: Company) -> str:
    return f"{company.owner.name}, {company.host}" if company.owner else str(company.host)


def noted_suspicion(company: Company) -> str:
    """What the way in noted about a lead: `certain`, `likely`, or nothing; no query."""
    codes = {fact["code"]: fact for fact in company.routing_facts}
    if NUMBER_KNOWN in codes or codes.get(MAY_BE_KNOWN, {}).get("is_certain"):
        return "certain"
    return "likely" if MAY_BE_KNOWN in codes else ""


def without_note_of(company: Company, other: Company) -> list[Any]:
    """The routing facts of a company once it is settled how it and `other` belong together."""
    left = []
    for fact in company.routing_facts:
        if fact["code"] == MAY_BE_KNOWN:
            companies = [name for name in fact["companies"] if name != other.public_id]
            if companies:
                left.append({**fact, "companies": companies, "is_certain": False})
        elif fact["code"] != NUMBER_KNOWN or fact["number"] != other.register_number:
            left.append(fact)
    return left


def _number_left_out(company: Company) -> str:
    """The register number that a lead came with while another company had it."""
    return next((fact["number"] for fact in company.routing_facts if fact["code"] == NUMBER_KNOWN), "")


Found = dict[int, dict[Why, float]]


def _same_values(*, numbers: set[str], vats: set[str], domains: set[str], country: str) -> Found:
    """Companies with one of the numbers or domains, by key, each with its reasons."""
    found: Found = defaultdict(dict)
    wanted = Q()
    if numbers:
        wanted |= Q(country=country, register_number__in=numbers)
    if vats:
        wanted |= Q(vat_number__in=vats)
    if domains:
        wanted |= Q(web_domain__in=domains)
    if not wanted:
        return found
    fields = ("pk", "country_id", "register_number", "vat_number", "web_domain")
    rows = Company.objects.filter(wanted).order_by("pk").values_list(*fields)
    for pk, where, number, vat, domain in rows[:MOST_OF_ONE_KIND]:
        if where == country and number in numbers:
            found[pk][Why.REGISTER_NUMBER] = 1.0
        if vat in vats:
            found[pk][Why.VAT_NUMBER] = 1.0
        if domain in domains:
            found[pk][Why.WEB_DOMAIN] = 1.0
    return found


def _askable(text: str) -> str:
    """Without what PostgreSQL cannot be asked for (NUL, lone surrogates), and not endless."""
    return UNSTORABLE.sub("", text)[:LONGEST]


def _companies_of_person(email: str) -> list[int]:
    address = email.strip().lower()
    if not address:
        return []
    keys = Contact.objects.filter(email=address).order_by("pk").values_list("company", flat=True)
    return list(keys[:MOST_OF_ONE_KIND])


def _same_name(key: str, country: str) -> list[tuple[int, float]]:
    """Companies whose compared name is like `key`, with the likeness."""
    if not key:
        return []
    likeness = TrigramSimilarity("name_key", key)
    alike = (
        Company.objects.filter(name_key__trigram_similar=key)
        .annotate(likeness=likeness)
        .filter(Q(country=country, likeness__gte=ALIKE) | Q(likeness__gte=ALIKE_ABROAD))
        .order_by("-likeness", "pk")
        .values_list("pk", "likeness")
    )
    with transaction.atomic(), connection.cursor() as cursor:
        # The index then leaves out what is less alike; by default it looks at everything above 0.3.
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        return list(alike[:MOST_OF_ONE_KIND])


def _ranked(found: Found, leave_out: Company | None) -> list[Suspicion]:
    companies = Company.objects.filter(pk__in=found, erased_at=None).select_related(
        "country", "host", "owner", "merged_into__country", "merged_into__host", "merged_into__owner"
    )
    reasons: Found = defaultdict(dict)
    present: dict[int, Company] = {}
    for company in companies:
        now = company.merged_into or company
        present[now.pk] = now
        reasons[now.pk] |= found[company.pk]
    different = _called_different(leave_out) if leave_out else set()
    suspicions = [
        Suspicion(
            present[key],
            tuple(why for why in Why if why in grounds),
            sum(POINTS[why] * strength for why, strength in grounds.items()),
        )
        for key, grounds in reasons.items()
        if key not in different
    ]
    return sorted(suspicions, key=lambda one: (-one.points, one.company.pk))[:MOST]


def _called_different(company: Company) -> set[int]:
    """Keys of the company itself, of what became of it, and of companies that somebody told apart from it."""
    pairs = NotDuplicate.objects.filter(Q(first=company) | Q(second=company)).values_list("first", "second")
    merged_into = {company.merged_into_id} if company.merged_into_id else set()
    return {key for pair in pairs for key in pair} | {company.pk} | merged_into
