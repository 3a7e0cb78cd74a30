"""What the figures of the corridors are parts of: the companies served and the profiles published by country."""

from dataclasses import dataclass

from django.db.models import Count

from companies.choices import Stage
from companies.models import Company, CooperationProfile
from tibs.reports.corridors import Corridors
from tibs.reports.withholding import unless_small

SERVED = (Stage.ENROLLED, Stage.ACTIVE)


@dataclass(frozen=True)
class Base:
    """One country: companies served, profiles published, and how many of these have a possible partner.

    None is a figure that this reader does not see.
    """

    country: str
    companies: int | None
    profiles: int | None
    profiles_with_partner: int | None


def count_bases(corridors: Corridors, *, with_small_figures: bool) -> list[Base]:
    """The bases of the countries of a report; two queries."""
    served = Company.objects.filter(stage__in=SERVED)
    companies = dict(served.values_list("country").annotate(Count("pk")).order_by())
    published = CooperationProfile.objects.published()
    profiles = dict(published.values_list("company__country").annotate(Count("pk")).order_by())
    shown = (lambda figure: figure) if with_small_figures else unless_small
    return [
        Base(
            country=name,
            companies=shown(companies.get(code, 0)),
            profiles=shown(profiles.get(code, 0)),
            profiles_with_partner=corridors.of(code, None).profiles,
        )
        for code, name in corridors.names.items()
    ]
