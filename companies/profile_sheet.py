"""A profile as somebody reads it who must not learn which company wrote it.

One rendering for the preview, the second reader, the company's approval and the public catalogue: what is approved
is what is shown. `templates/companies/profile_sheet.html` draws it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format, localize
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from companies.calls import call_of
from companies.choices import Area, Cooperation, PartnerKind, ProfileType, SizeClass
from companies.models import Company, CooperationProfile, ProfileText
from companies.models.profile import ProfileQuerySet
from companies.profile_parts import headings
from companies.texts import best_text
from regions.models.region import RegionLevel
from regions.selectors import country_names
from tibs.core.languages import language_name

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Words:
    """A piece of text, and the language that it is written in.

    `language_name` names that language where it is not the reader's, and is empty where it is.
    """

    text: str
    language: str
    language_name: str = ""


@dataclass(frozen=True)
class Part:
    """One long part under its heading. `code` is the field of ProfileText."""

    code: str
    heading: str
    words: Words


@dataclass(frozen=True)
class Sheet:
    """Everything that a reader sees; no value of it names the company, its people or its place.

    `reference` is empty until the first publication. `facts` and `call` are labels with their values in words, and
    hold nothing empty; `call` is there for requests for research partners only.
    """

    reference: str
    type_code: str
    type: str
    area: str
    domain: str
    country: str
    region: str
    size: str
    title: Words
    summary: Words | None
    parts: list[Part]
    facts: Facts
    call: Facts


def with_sheet(profiles: ProfileQuerySet) -> ProfileQuerySet:
    """Profiles with all that their sheets need: the sheet itself then asks for the names of wished countries only."""
    return profiles.select_related(
        "company__country", "company__region__parent", "domain", "call"
    ).prefetch_related("texts")


def sheet_of(profile: CooperationProfile, language: str = "") -> Sheet:
    """The sheet of a profile read by `with_sheet`, in the reader's language or in `language`.

    A part that is not written in it comes in English, else in the original, and says so.
    """
    with override(language or get_language() or "en"):
        return _sheet(profile)


def coarse_region(company: Company) -> str:
    """The region of a company that nobody may recognise: never a small one, and empty where it is the country."""
    region = company.region
    if region and region.level == RegionLevel.SMALL:
        region = region.parent
    is_whole_country = region is not None and region.code.rstrip("0") == company.country_id
    return region.name if region and not is_whole_country else ""


def _sheet(profile: CooperationProfile) -> Sheet:
    company = profile.company
    kind, country = str(ProfileType(profile.type).label), company.country.name
    untitled = Words(_("%(type)s from %(country)s") % {"type": kind, "country": country}, _reading())
    return Sheet(
        reference=profile.reference or "",
        type_code=profile.type,
        type=kind,
        area=str(Area(profile.area).label) if profile.area else "",
        domain=profile.domain.name if profile.domain else "",
        country=country,
        region=coarse_region(company),
        size=str(SizeClass(company.size_class).label) if company.size_class else "",
        title=words_of(profile, "title") or untitled,
        summary=words_of(profile, "summary"),
        parts=[
            Part(code, str(heading), words)
            for code, heading in headings(profile.type).items()
            if (words := words_of(profile, code))
        ],
        facts=_facts(profile),
        call=_call(profile),
    )


def words_of(profile: CooperationProfile, part: str) -> Words | None:
    """One part of a profile in the reader's language, in English, or as the company wrote it."""
    text: ProfileText | None = best_text(profile, part, _reading())
    if text is None:
        return None
    is_foreign = text.language != _reading()
    return Words(getattr(text, part), text.language, language_name(text.language) if is_foreign else "")


def _reading() -> str:
    return get_language() or "en"


def _facts(profile: CooperationProfile) -> Facts:
    company = profile.company
    return _said(
        (_("Type"), ProfileType(profile.type).label),
        (_("Country"), company.country.name),
        (_("Region"), coarse_region(company)),
        (_("Size of the firm"), SizeClass(company.size_class).label if company.size_class else ""),
        (_("Value-chain area"), Area(profile.area).label if profile.area else ""),
        (_("Domain"), profile.domain.name if profile.domain else ""),
        (_("Ways to work together"), _listed(Cooperation(code).label for code in profile.cooperation_types)),
        (
            _("Type and size of the partner"),
            _listed(PartnerKind(code).label for code in profile.partner_kinds),
        ),
        (_("Partners wished from"), _listed(country_names(profile.wished_countries))),
        (_("Working languages"), _listed(map(language_name, profile.working_languages))),
        (_("Stage of development"), profile.get_development_display() if profile.development else ""),
        (_("Intellectual property"), profile.get_protection_display() if profile.protection else ""),
        (_("Keywords"), _listed(profile.keywords)),
        (_("Sustainable development goals"), _listed(map(str, sorted(profile.goals)))),
    )


def _call(profile: CooperationProfile) -> Facts:
    call = call_of(profile)
    if call is None:
        return []
    weeks = ngettext("%(weeks)s week", "%(weeks)s weeks", call.weeks or 0) % {"weeks": call.weeks}
    budget = _("%(amount)s thousand euros") % {"amount": localize(call.budget)}
    return _said(
        (_("Framework programme"), call.programme),
        (_("Call"), call.title),
        (_("Web page of the call"), call.website),
        (_("A coordinator is sought"), _("Yes") if call.is_coordinator_sought else _("No")),
        (_("Expressions of interest until"), date_format(call.interest_until)),
        (_("The call closes on"), date_format(call.closing_date)),
        (_("Duration"), weeks if call.weeks else ""),
        (_("Budget"), budget if call.budget else ""),
    )


def _said(*facts: tuple[str, object]) -> Facts:
    return [(label, str(value)) for label, value in facts if value]


def _listed(names: Iterable[object]) -> str:
    return ", ".join(map(str, names))
