"""What a reader of opportunities may ask for."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework import serializers

from companies.choices import Area, ProfileType
from companies.models import CooperationProfile, ProfileText
from tibs.api.parameters import Flag, PageParameters
from tibs.core.languages import LANGUAGES
from tibs.core.search_text import fold

MOST_VALUES = 20


def _any_of(child: serializers.Field[Any, Any, Any, Any], help_text: str) -> serializers.ListField:
    return serializers.ListField(
        child=child, required=False, max_length=MOST_VALUES, help_text=f"{help_text} May be repeated."
    )


class OpportunityParameters(PageParameters):
    type = _any_of(serializers.ChoiceField(choices=ProfileType.choices), "Only these types.")
    country = _any_of(serializers.RegexField(r"^[A-Z]{2}$"), "Only firms of these countries.")
    domain = _any_of(serializers.RegexField(r"^[A-Z]{1,10}$"), "Only these domains, see /domains/.")
    area = _any_of(serializers.ChoiceField(choices=Area.choices), "Only these areas of the value chain.")
    language = _any_of(serializers.ChoiceField(choices=LANGUAGES), "Only with a text in these languages.")
    q = serializers.CharField(
        required=False,
        min_length=2,
        max_length=200,
        help_text="Words that all occur in a text, whatever the language, case and accents.",
    )
    open_for_interest = Flag(required=False)
    updated_since = serializers.DateTimeField(
        required=False,
        help_text="Only what changed at this moment or later, ISO 8601; UTC if no zone is given.",
    )


def narrowed(profiles: QuerySet[CooperationProfile], asked: dict[str, Any]) -> QuerySet[CooperationProfile]:
    """The profiles that fit what was asked for."""
    columns = {
        "type": "type__in",
        "country": "company__country__in",
        "domain": "domain__in",
        "area": "area__in",
        "open_for_interest": "open_for_interest",
        "updated_since": "updated_at__gte",
    }
    profiles = profiles.filter(**{columns[name]: asked[name] for name in columns.keys() & asked.keys()})
    if languages := asked.get("language"):
        texts = ProfileText.objects.filter(profile=OuterRef("pk"), language__in=languages)
        profiles = profiles.filter(Exists(texts))
    for word in fold(asked.get("q", "")).split():
        profiles = profiles.filter(search_text__contains=word)
    return profiles
