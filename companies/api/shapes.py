"""What the API says about an opportunity. A column that is not named here never leaves the platform."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework import serializers

from companies.choices import Area, Cooperation, ProfileType
from tibs.core.languages import LANGUAGES

COLUMNS = {
    "reference": "reference",
    "type": "type",
    "area": "area",
    "domain": "domain_id",
    "country": "company__country_id",
    "cooperation_types": "cooperation_types",
    "working_languages": "working_languages",
    "wished_countries": "wished_countries",
    "published_at": "published_at",
    "expires_at": "expires_at",
    "last_modified": "updated_at",
    "open_for_interest": "open_for_interest",
    "may_be_republished": "may_be_republished",
}
TEXT_COLUMNS = ("language", "is_original", "title", "summary", "offered", "sought")


class OpportunityText(serializers.Serializer[Any]):
    """The words of an opportunity in one language. A part that was not written or translated is empty."""

    language = serializers.ChoiceField(choices=LANGUAGES, help_text="ISO 639-1.")
    is_original = serializers.BooleanField(help_text="Whether the others translate this text.")
    title = serializers.CharField(allow_blank=True, max_length=256)
    summary = serializers.CharField(allow_blank=True, max_length=500)
    offered = serializers.CharField(allow_blank=True, max_length=4000)
    sought = serializers.CharField(allow_blank=True, max_length=4000)


class Opportunity(serializers.Serializer[Any]):
    """What a firm offers and seeks, published without its name. The names of fields follow those of the EEN."""

    reference = serializers.CharField(help_text="Names it everywhere and for good: TIBS-BOPL20260131001.")
    type = serializers.ChoiceField(choices=ProfileType.choices)
    area = serializers.ChoiceField(
        choices=Area.choices, help_text="The area of the firm's value chain that it is about."
    )
    domain = serializers.CharField(allow_null=True, help_text="Smart specialisation domain, see /domains/.")
    country = serializers.CharField(help_text="Where the firm is, ISO 3166-1 alpha-2.")
    texts = OpportunityText(many=True)
    cooperation_types = serializers.ListField(child=serializers.ChoiceField(choices=Cooperation.choices))
    working_languages = serializers.ListField(
        child=serializers.CharField(), help_text="Languages in which the firm works, ISO 639-1."
    )
    wished_countries = serializers.ListField(
        child=serializers.CharField(), help_text="Where partners are wished for; empty means everywhere."
    )
    published_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(help_text="Do not show it any more from then on.")
    last_modified = serializers.DateTimeField()
    open_for_interest = serializers.BooleanField(help_text="False while the firm takes no new interest.")
    may_be_republished = serializers.BooleanField(
        help_text="Whether the firm agreed that partner sites show it on their own pages."
    )


def opportunity(row: Mapping[str, Any], texts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The answer made of a row of `.values(*COLUMNS.values())` and its texts."""
    return {name: row[column] for name, column in COLUMNS.items()} | {
        "texts": [{name: text[name] for name in TEXT_COLUMNS} for text in texts]
    }
