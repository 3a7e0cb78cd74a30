"""The reasons of a routing in the reader's words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from brokers import reading
from brokers.routing import Code
from regions.models import Country, Region, S3Domain
from tibs.core.languages import LANGUAGE_CODES, language_name

type Facts = Mapping[str, Any]


def reason_sentences(reasons: Iterable[Facts]) -> list[str]:
    """Sentences for stored reasons (`Reason.as_json`); codes that this version does not know are left out."""
    return [SENTENCES[reason["code"]](reason) for reason in reasons if reason.get("code") in SENTENCES]


def _region(facts: Facts) -> str:
    code = facts.get("region", "")
    region = Region.objects.filter(code=code).first()
    return region.name if region else str(code)


def _country(facts: Facts) -> str:
    code = facts.get("country", "")
    country = Country.objects.filter(code=code).first()
    return country.name if country else str(code)


def _language(facts: Facts) -> str:
    code = str(facts.get("language", ""))
    return language_name(code) if code in LANGUAGE_CODES else code


def _load(facts: Facts) -> str:
    sentence = ngettext(
        "Serves %(load)d company now; has room for %(capacity)d in all.",
        "Serves %(load)d companies now; has room for %(capacity)d in all.",
        facts["load"],
    )
    return sentence % {"load": facts["load"], "capacity": facts["capacity"]}


def _full(facts: Facts) -> str:
    sentence = ngettext(
        "Serves %(load)d company already and has no room.",
        "Serves %(load)d companies already and has no room.",
        facts["load"],
    )
    return sentence % {"load": facts["load"]}


def _domain(facts: Facts) -> str:
    code = facts.get("domain", "")
    domain = S3Domain.objects.filter(code=code).first()
    return domain.name if domain else str(code)


def _readings(facts: Facts) -> str:
    sentence = ngettext(
        "Has %(number)d other profile to read now.",
        "Has %(number)d other profiles to read now.",
        facts["number"],
    )
    return sentence % {"number": facts["number"]}


SENTENCES: dict[str, Callable[[Facts], str]] = {
    Code.SERVES_REGION: lambda facts: gettext("Serves the region %(region)s.") % {"region": _region(facts)},
    Code.NEAR_REGION: lambda facts: (
        gettext("Serves a region next to %(region)s.") % {"region": _region(facts)}
    ),
    Code.SAME_COUNTRY: lambda facts: (
        gettext("Works in the same country: %(country)s.") % {"country": _country(facts)}
    ),
    Code.SPEAKS_LANGUAGE: lambda facts: (
        gettext("Speaks the language of the company: %(language)s.") % {"language": _language(facts)}
    ),
    Code.BRIDGE_LANGUAGE: lambda facts: (
        gettext("Does not speak the language of the company, but %(language)s.")
        % {"language": _language(facts)}
    ),
    Code.OTHER_LANGUAGE: lambda facts: (
        gettext("Does not speak the language of the company: %(language)s.") % {"language": _language(facts)}
    ),
    Code.LOAD: _load,
    Code.FULL: _full,
    Code.DEFAULT_BROKER: lambda facts: (
        gettext("Takes the companies of %(country)s that no other broker is near to.")
        % {"country": _country(facts)}
    ),
    Code.COORDINATOR: lambda _facts: gettext(
        "No broker takes this company now, so the coordinator of the organisation decides."
    ),
    Code.NOBODY: lambda _facts: gettext(
        "Nobody works at the organisation now, so administrators must find somebody."
    ),
    reading.Code.READS_ORIGINAL: lambda facts: (
        gettext("Reads the language of the profile: %(language)s.") % {"language": _language(facts)}
    ),
    reading.Code.READS_TRANSLATION: lambda facts: (
        gettext("Reads a translation of the profile: %(language)s.") % {"language": _language(facts)}
    ),
    reading.Code.READS_NOTHING: lambda _facts: gettext("Reads none of the languages of the profile."),
    reading.Code.KNOWS_DOMAIN: lambda facts: (
        gettext("Knows the domain: %(domain)s.") % {"domain": _domain(facts)}
    ),
    reading.Code.READINGS: _readings,
    reading.Code.READER_AWAY: lambda _facts: gettext("Is away; the deputy reads."),
    reading.Code.CHOSEN_BY_HAND: lambda _facts: gettext("Chosen by a coordinator."),
}
