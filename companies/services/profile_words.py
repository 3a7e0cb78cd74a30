"""The exact words of a profile, as a hash: what was read and what was approved is told from what was changed."""

import json
from hashlib import sha256
from typing import Any

from companies.calls import call_of
from companies.models import CooperationProfile
from companies.profile_parts import PARTS

SETS = ("cooperation_types", "partner_kinds", "wished_countries", "working_languages", "goals")
FACTS = ("type", "area", "domain_id", "development", "protection", "keywords")
CALL_FACTS = (
    "programme",
    "title",
    "website",
    "is_coordinator_sought",
    "interest_until",
    "closing_date",
    "weeks",
    "budget",
)


def hash_of(profile: CooperationProfile) -> str:
    """SHA-256 over all texts in the order of their languages and the facts that a reader of the profile sees.

    The order in which sets were ticked does not count; that of keywords does, because it is seen. Reads
    `profile.texts` and `profile.call`, which must be those that count: read them inside the lock.
    """
    said = {
        "texts": [
            [text.language, text.is_original, *(getattr(text, part) for part in PARTS)]
            for text in sorted(profile.texts.all(), key=lambda text: text.language)
        ],
        "facts": [getattr(profile, name) for name in FACTS],
        "sets": [sorted(getattr(profile, name)) for name in SETS],
        "call": _call(profile),
    }
    return sha256(json.dumps(said, ensure_ascii=True, default=str).encode()).hexdigest()


def _call(profile: CooperationProfile) -> list[Any] | None:
    call = call_of(profile)
    return [getattr(call, name) for name in CALL_FACTS] if call else None
