"""The exact words of a joint strategy, and what it still needs before it is agreed."""

import json
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import JointStrategy, StrategyMember

WORDS = ("title", "goal", "roles", "funding", "risks")
FEWEST_COUNTRIES = 2


def words_hash(strategy: JointStrategy) -> str:
    """The hash of everything that a member signs: texts, domain, members with their roles, activities."""
    words = {
        "texts": [getattr(strategy, name) for name in WORDS],
        "domain": strategy.domain_id,
        "members": sorted([one.company_id, one.contribution] for one in strategy.members.all()),
        "activities": sorted(
            [one.what, one.responsible_id or 0, str(one.due_date)] for one in strategy.activities.all()
        ),
    }
    return sha256(json.dumps(words, default=str, sort_keys=True).encode()).hexdigest()


def has_signed(member: StrategyMember, current: str) -> bool:
    """Whether the member signed the words whose hash is `current`."""
    return member.signed_at is not None and member.text_hash == current


def countries(strategy: JointStrategy) -> int:
    return len({member.company.country_id for member in strategy.members.all()})


def what_is_missing(strategy: JointStrategy) -> Promise | None:
    """Why a draft cannot be agreed yet; None where nothing is missing."""
    if countries(strategy) < FEWEST_COUNTRIES:
        return _("A joint strategy needs firms of two countries at least.")
    current = words_hash(strategy)
    if not all(has_signed(member, current) for member in strategy.members.all()):
        return _("Not all firms have signed these words yet.")
    return None
