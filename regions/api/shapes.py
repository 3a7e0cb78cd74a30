"""What the API says about reference data."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from regions.models.region import RegionLevel
from tibs.core.languages import LANGUAGE_CODES

NAME_COLUMNS = tuple(f"name_{language}" for language in LANGUAGE_CODES)


class Names(serializers.Serializer[Any]):
    """The name in each language that has one of its own; English is always there."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {language: serializers.CharField(required=language == "en") for language in LANGUAGE_CODES}


class Country(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="ISO 3166-1 alpha-2, such as PL.")
    names = Names()
    language = serializers.CharField(help_text="The main language, ISO 639-1.")
    time_zone = serializers.CharField(help_text="The name in the IANA database.")
    active = serializers.BooleanField(help_text="False once the network no longer works there.")


class Region(serializers.Serializer[Any]):
    """A region of the European NUTS classification."""

    code = serializers.CharField(help_text="NUTS code, such as PL634.")
    nuts_version = serializers.IntegerField(help_text="The newest version in which the code is valid.")
    level = serializers.ChoiceField(choices=RegionLevel.choices)
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    parent = serializers.CharField(  # type: ignore[assignment]  # the metaclass takes it off the class
        allow_null=True, help_text="The region that it is a part of."
    )
    replaced_by = serializers.CharField(
        allow_null=True, help_text="The region that has most of the area of one that is no longer valid."
    )
    names = Names()
    active = serializers.BooleanField(help_text="False for a code that a newer version dropped.")


class DomainBranch(serializers.Serializer[Any]):
    nace = serializers.CharField(help_text="NACE Rev. 2.1 code; narrower codes without an entry follow it.")
    weight = serializers.FloatField(
        min_value=0, max_value=1, help_text="How much of the branch belongs to the domain."
    )


class Domain(serializers.Serializer[Any]):
    """A field in which regions specialise: the common vocabulary of regions, statistics and opportunities."""

    code = serializers.CharField()
    names = Names()
    branches = DomainBranch(many=True)
    active = serializers.BooleanField(help_text="False once it is no longer used.")


def names_in(row: Mapping[str, Any]) -> dict[str, str]:
    """The names of a row of `.values(*NAME_COLUMNS)`, by language."""
    named = zip(LANGUAGE_CODES, (row[column] for column in NAME_COLUMNS), strict=True)
    return {language: name for language, name in named if name}
