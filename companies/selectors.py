"""Reads that join the models of companies."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from companies.models import Company, Consent, CooperationProfile
from companies.querysets import CompanyQuerySet


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
