"""Reads that join the models of companies."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from companies.choices import Stage
from companies.models import Company, Consent, CooperationProfile, NextStep
from companies.querysets import CompanyQuerySet
from companies.stages import UNDER_WAY


def for_list(companies: CompanyQuerySet) -> CompanyQuerySet:
    """With all that a row of a list shows; `published_count` is the number of profiles that stand open now."""
    published = (
        CooperationProfile.objects.matchable()
        .filter(company=OuterRef("pk"))
        .order_by()
        .values("company")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return companies.select_related("country", "owner").annotate(
        published_count=Coalesce(Subquery(published), 0)
    )


def consents_in_force(company: Company) -> list[Consent]:
    """The consents of a company that hold now, one for each purpose."""
    latest: QuerySet[Consent] = company.consents.order_by("purpose", "-id").distinct("purpose")
    return [consent for consent in latest if consent.is_given]


def without_next_step(companies: CompanyQuerySet) -> CompanyQuerySet:
    """Those that somebody works with, or has taken as a lead, and that nobody knows the next step of."""
    in_work = Q(stage__in=UNDER_WAY) | Q(stage=Stage.LEAD, owner__isnull=False)
    return companies.filter(in_work, ~Exists(NextStep.objects.filter(company=OuterRef("pk"), done_at=None)))
