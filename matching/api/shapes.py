"""What the API says about a match."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from companies.choices import Area, Basis, ProfileType
from companies.models import CooperationProfile
from matching.engine import explain
from matching.engine.blocks import BLOCKS, LABELS
from matching.models import Match
from matching.services.cards import name_shown
from matching.services.stored import stored_explanation
from tibs.accounts.actor import Actor


class Part(serializers.Serializer[Any]):
    """What one criterion adds to a direction, and to the score of the match."""

    code = serializers.ChoiceField(choices=[(block, LABELS[block]) for block in BLOCKS])
    name = serializers.CharField(help_text="The criterion in the language of the request.")
    value = serializers.FloatField(help_text="Its part of the direction; the parts add up to its value.")
    contribution = serializers.FloatField(
        help_text="Its share of the score; all contributions of both directions add up to it."
    )


class Direction(serializers.Serializer[Any]):
    """What one side seeks against what the other offers."""

    value = serializers.FloatField()
    parts = Part(many=True)


class Partner(serializers.Serializer[Any]):
    """The other side. Its name is given only where the reader may know it."""

    reference = serializers.CharField(allow_null=True, help_text="Null for imported public facts.")
    name = serializers.CharField(allow_blank=True, help_text="Empty while the partner is anonymous.")
    basis = serializers.ChoiceField(choices=Basis.choices)
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    type = serializers.ChoiceField(choices=ProfileType.choices)
    area = serializers.ChoiceField(choices=Area.choices, allow_blank=True)
    domain = serializers.CharField(allow_null=True)
    open_for_interest = serializers.BooleanField()


class ProfileMatch(serializers.Serializer[Any]):
    """A foreign profile that fits, and why. Best first."""

    id = serializers.CharField()
    rank = serializers.IntegerField(
        allow_null=True, help_text="The place in the profile's own list; null where it is not among its best."
    )
    score = serializers.FloatField(min_value=0)
    partner = Partner()
    sought = Direction(help_text="What the profile seeks against what the partner offers.")
    offered = Direction(help_text="What the partner seeks against what the profile offers.")
    matched_at = serializers.DateTimeField(help_text="When the pair was compared last.")


def profile_match(match: Match, profile: CooperationProfile, actor: Actor) -> dict[str, Any]:
    """A match seen from `profile`, as `actor` may see it; read with both companies."""
    is_first = match.first_id == profile.pk
    partner = match.second if is_first else match.first
    found = stored_explanation(match, seen_from_first=is_first)
    return {
        "id": match.public_id,
        "rank": match.first_rank if is_first else match.second_rank,
        "score": match.score,
        "partner": _partner(partner, actor),
        "sought": _direction(found.forward),
        "offered": _direction(found.backward),
        "matched_at": match.updated_at,
    }


def _partner(partner: CooperationProfile, actor: Actor) -> dict[str, Any]:
    return {
        "reference": partner.reference,
        "name": name_shown(partner, actor),
        "basis": partner.basis,
        "country": partner.company.country_id,
        "type": partner.type,
        "area": partner.area,
        "domain": partner.domain_id,
        "open_for_interest": partner.open_for_interest,
    }


def _direction(found: explain.Direction) -> dict[str, Any]:
    return {
        "value": found.value,
        "parts": [
            {
                "code": part.block,
                "name": gettext(part.label),
                "value": part.value,
                "contribution": part.contribution,
            }
            for part in found.parts
        ],
    }
