"""Published profiles as the public sees them: without any name, in the reader's language where there is a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from companies.choices import Area, Cooperation, ProfileType
from companies.models import CooperationProfile
from companies.models.profile import ProfileQuerySet
from companies.texts import best_text
from regions.models import Country
from tibs.core.languages import language_name

RECENT = 100


@dataclass(frozen=True)
class Words:
    """A piece of text and the language that it is written in."""

    text: str
    language: str


@dataclass(frozen=True)
class Opportunity:
    """One line of a list of opportunities. It is made of public values only and leads to no company."""

    reference: str
    url: str
    type: str
    area: str
    domain: str
    country: str
    title: Words
    summary: Words | None
    published_at: datetime | None


@dataclass(frozen=True)
class Side:
    """What a firm offers, or what it seeks; `language_name` is empty where the reader reads that language."""

    heading: str
    words: Words
    language_name: str


@dataclass(frozen=True)
class OpportunityPage:
    """Everything that the page of one opportunity says."""

    opportunity: Opportunity
    sides: list[Side]
    facts: list[tuple[str, object]]
    is_open: bool


def public_profiles() -> ProfileQuerySet:
    """Profiles that anybody may see now, with all that a line of a list needs: two queries."""
    return (
        CooperationProfile.objects.published()
        .select_related("company__country", "domain")
        .prefetch_related("texts")
    )


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
    )


def page_of_opportunity(profile: CooperationProfile) -> OpportunityPage:
    """The page of a profile that `public_profiles` found; one more query where it wishes for countries."""
    return OpportunityPage(
        opportunity=opportunity_of(profile),
        sides=list(_sides(profile)),
        facts=_facts(profile),
        is_open=profile.open_for_interest,
    )


def words_of(profile: CooperationProfile, part: str) -> Words | None:
    """One part of a profile in the reader's language, in English, or as the company wrote it."""
    text = best_text(profile, part, _reading())
    return Words(getattr(text, part), text.language) if text else None


def _reading() -> str:
    return get_language() or "en"


def _sides(profile: CooperationProfile) -> Iterator[Side]:
    for part, heading in (("offered", _("What the firm offers")), ("sought", _("What the firm seeks"))):
        if words := words_of(profile, part):
            is_foreign = words.language != _reading()
            yield Side(heading, words, language_name(words.language) if is_foreign else "")


def _facts(profile: CooperationProfile) -> list[tuple[str, object]]:
    wished = Country.objects.filter(code__in=profile.wished_countries).order_by("name")
    facts = [
        (_("Reference"), profile.reference),
        (_("Kind"), ProfileType(profile.type).label),
        (_("Country"), profile.company.country.name),
        (_("Part of the value chain"), Area(profile.area).label if profile.area else ""),
        (_("Domain"), profile.domain.name if profile.domain else ""),
        (_("Ways to work together"), _listed(str(Cooperation(c).label) for c in profile.cooperation_types)),
        (_("Working languages"), _listed(map(language_name, profile.working_languages))),
        (_("Wished countries"), _listed(country.name for country in wished)),
        (_("Published"), date_format(profile.published_at) if profile.published_at else ""),
    ]
    return [(name, value) for name, value in facts if value]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
