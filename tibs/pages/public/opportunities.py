"""Published profiles as the public sees them, in the reader's language where there is a text.

Without any name, unless the company agreed to be named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from companies.choices import Area, Basis, ProfileType, Purpose
from companies.models import CooperationProfile
from companies.models.consent import holds
from companies.models.profile import ProfileQuerySet
from companies.profile_sheet import Words, words_of

RECENT = 100
SIMILAR = 3


@dataclass(frozen=True)
class Opportunity:
    """One line of a list of opportunities, made of public values only. `firm` is empty unless it agreed to be named."""

    reference: str
    url: str
    type: str
    area: str
    domain: str
    country: str
    title: Words
    summary: Words | None
    published_at: datetime | None
    firm: str
    is_open: bool


def public_profiles() -> ProfileQuerySet:
    """Profiles that anybody may see now, with all that a line of a list needs: two queries."""
    return (
        CooperationProfile.objects.published()
        .annotate(is_named=Coalesce(holds(Purpose.PUBLISH_NAMED), False))
        .select_related("company__country", "domain")
        .prefetch_related("texts")
    )


def was_public(reference: str) -> CooperationProfile | None:
    """A profile that was published under this reference once, whatever became of it."""
    once = CooperationProfile.objects.filter(basis=Basis.APPROVED, published_at__isnull=False)
    return once.filter(reference=reference).first()


def similar_to(profile: CooperationProfile) -> list[Opportunity]:
    """The newest opportunities of the same part of the value chain or the same domain; two queries."""
    alike = Q(area=profile.area) if profile.area else Q()
    if profile.domain_id:
        alike |= Q(domain=profile.domain_id)
    found = public_profiles().filter(alike).exclude(pk=profile.pk).order_by("-published_at", "-id")
    return [opportunity_of(other) for other in found[:SIMILAR]]


def newest(count: int) -> list[Opportunity]:
    """The newest opportunities, each from another country as far as the last hundred allow; three queries."""
    recent = CooperationProfile.objects.published().order_by("-published_at", "-id")
    by_country: dict[str, int] = {}
    for country, profile in recent.values_list("company__country", "pk")[:RECENT]:
        by_country.setdefault(country, profile)
    chosen = list(by_country.values())[:count]
    found = public_profiles().in_bulk(chosen)
    return [opportunity_of(found[profile]) for profile in chosen if profile in found]


def opportunity_of(profile: CooperationProfile) -> Opportunity:
    """The public view of a profile that `public_profiles` found."""
    kind, country = ProfileType(profile.type).label, profile.company.country.name
    untitled = Words(_("%(type)s from %(country)s") % {"type": kind, "country": country}, _reading())
    return Opportunity(
        reference=str(profile.reference),
        url=reverse("opportunity", args=[profile.reference]),
        type=str(kind),
        area=str(Area(profile.area).label) if profile.area else "",
        domain=profile.domain.name if profile.domain else "",
        country=country,
        title=words_of(profile, "title") or untitled,
        summary=words_of(profile, "summary"),
        published_at=profile.published_at,
        firm=profile.company.name if getattr(profile, "is_named", False) else "",
        is_open=profile.open_for_interest,
    )


def opportunities_of(profiles: Iterable[CooperationProfile]) -> list[Opportunity]:
    return [opportunity_of(profile) for profile in profiles]


def _reading() -> str:
    return get_language() or "en"
