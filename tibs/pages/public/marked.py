"""What machines read on the page of a profile: structured data, languages, and whether it changed."""

import hashlib
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from companies.models import CooperationProfile
from companies.profile_parts import is_offer
from companies.profile_sheet import Sheet
from tibs.core.languages import LANGUAGE_CODES
from tibs.core.links import absolute

SCHEMA = "https://schema.org"
# Raised when the page shows something else of the same profile.
EDITION = 1


@dataclass(frozen=True)
class Marks:
    """`kind` is the type of schema.org, `plain` names no language, `canonical` that of the address, if it has one."""

    kind: str
    plain: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    description: str


def marks_of(profile: CooperationProfile, sheet: Sheet, asked: str = "") -> Marks:
    """`asked` is the language that the address names: each such page stands for itself, or search engines drop it."""
    address = absolute(reverse("opportunity", args=[profile.reference]))
    return Marks(
        kind=f"{SCHEMA}/{'Offer' if is_offer(profile.type) else 'Demand'}",
        plain=address,
        canonical=f"{address}?lang={asked}" if asked else address,
        alternates=tuple((code, f"{address}?lang={code}") for code in LANGUAGE_CODES),
        description=sheet.summary.text if sheet.summary else sheet.title.text,
    )


def etag_of_profile(profile: CooperationProfile) -> str:
    """Changes with every word of the profile, its name and the language of the reader."""
    texts = sorted((text.language, text.version, text.updated_at.isoformat()) for text in profile.texts.all())
    seen = (
        EDITION,
        profile.reference,
        profile.updated_at.isoformat(),
        profile.open_for_interest,
        getattr(profile, "is_named", False),
        texts,
        get_language(),
    )
    return f'W/"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'
