"""Reads that join the models of companies."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from brokers.models import Broker
from companies.choices import Stage
from companies.models import Company, Consent, CooperationProfile, NextStep
from companies.querysets import CompanyQuerySet
from companies.stages import UNDER_WAY
from tibs.accounts.models import User
from tibs.figures import CONSENT_ENDS_SOON


def with_open_profiles(companies: CompanyQuerySet) -> CompanyQuerySet:
    """With `published_count`, the number of profiles that stand open now."""
    published = (
        CooperationProfile.objects.matchable()
        .filter(company=OuterRef("pk"))
        .order_by()
        .values("company")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return companies.annotate(published_count=Coalesce(Subquery(published), 0))


def accounts_of(company: Company) -> QuerySet[User]:
    """The people of a company who can sign in, always in the same order."""
    return User.objects.filter(contacts__company=company, is_active=True).distinct().order_by("pk")


def latest_consents(company: Company) -> list[Consent]:
    """The last decision of a company on each purpose, and on each broker that it named for sharing its file."""
    latest = company.consents.order_by("purpose", "recipient_id", "-id").distinct("purpose", "recipient_id")
    return list(latest)


def consents_in_force(company: Company) -> list[Consent]:
    """The consents of a company that count now, one for each purpose and each named broker."""
    now = timezone.now()
    return [consent for consent in latest_consents(company) if consent.is_in_force(now)]


def consents_expiring(companies: CompanyQuerySet, now: datetime) -> QuerySet[Consent]:
    """Consents of these companies that end soon, or ended so lately that a broker may still ask again."""
    around = (now - CONSENT_ENDS_SOON, now + CONSENT_ENDS_SOON)
    return (
        Consent.objects.filter(company__in=companies.values("pk"), is_given=True, valid_until__range=around)
        .latest_of_each()
        .select_related("company")
        .order_by("valid_until", "id")
    )


def foreign_brokers(company: Company) -> list[tuple[str, str]]:
    """Public ids and names of brokers in other countries, by country and name."""
    brokers = _foreign_brokers(company).order_by(
        "membership__organisation__country__name", "membership__user__name", "pk"
    )
    return [(broker.membership.user.public_id, _called(broker)) for broker in brokers]


def foreign_broker(company: Company, public_id: str) -> str:
    """The name of one of them, with organisation and country; empty where that person is none of them."""
    broker = _foreign_brokers(company).filter(membership__user__public_id=public_id).order_by("pk").first()
    return _called(broker) if broker else ""


def _foreign_brokers(company: Company) -> QuerySet[Broker]:
    return (
        Broker.objects.in_service()
        .exclude(membership__organisation__country=company.country_id)
        .select_related("membership__user", "membership__organisation__country")
    )


def _called(broker: Broker) -> str:
    organisation = broker.membership.organisation
    return f"{broker.membership.user.name}, {organisation.short_name}, {organisation.country.name}"


def without_next_step(companies: CompanyQuerySet) -> CompanyQuerySet:
    """Those that somebody works with, or has taken as a lead, and that nobody knows the next step of."""
    in_work = Q(stage__in=UNDER_WAY) | Q(stage=Stage.LEAD, owner__isnull=False)
    return companies.filter(in_work, ~Exists(NextStep.objects.filter(company=OuterRef("pk"), done_at=None)))


def complementary_count(company: Company, cooperation: Iterable[str]) -> int:
    """How many published profiles from other countries are open for one of these kinds of cooperation."""
    abroad = CooperationProfile.objects.published().exclude(company__country=company.country_id)
    return abroad.filter(cooperation_types__overlap=list(cooperation)).count()
