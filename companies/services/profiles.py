"""Writing and publishing cooperation profiles."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import Basis
from companies.models import Company, CooperationProfile, ProfileText, ResearchCall
from companies.policies import can_change_company, require
from companies.profile_parts import PARTS
from companies.services.checks import refuse_misfits
from companies.services.publishing import publish_profile, withdraw_profile
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError
from tibs.core.search_text import folded
from tibs.events.recording import record

__all__ = ["draft_profile", "profile_search_text", "publish_profile", "withdraw_profile"]


@transaction.atomic
def draft_profile(
    *, company: Company, texts: list[dict[str, Any]], by: Actor, **values: Any
) -> CooperationProfile:
    """Draft a profile with its texts; exactly one of `texts` is the original, the others translate it.

    BadInputError names the fields that do not fit, those of a text with its language, as in `summary_pl`: texts
    that are longer than the limits of the Enterprise Europe Network are refused, never cut.
    """
    require(can_change_company(by, company))
    profile = CooperationProfile(
        company=company,
        basis=Basis.APPROVED,
        search_text=profile_search_text(texts, keywords=values.get("keywords", ())),
        **values,
    )
    refuse_misfits(profile, exclude=["company", "search_text"])
    words = [ProfileText(profile=profile, **text) for text in texts]
    _check_words(words)
    profile.save(force_insert=True)
    ProfileText.objects.bulk_create(words)
    record(events.PROFILE_DRAFTED, about=profile, by=by, company_id=company.public_id)
    return profile


def _check_words(words: Sequence[ProfileText]) -> None:
    if sum(text.is_original for text in words) != 1:
        raise BadInputError(_("A profile has one original text."))
    if len({text.language for text in words}) < len(words):
        raise BadInputError(_("A profile has one text in each language."))
    for text in words:
        refuse_misfits(text, exclude=["profile"], ending=f"_{text.language}")


def profile_search_text(
    texts: Iterable[Mapping[str, Any]], *, keywords: Iterable[str] = (), call: ResearchCall | None = None
) -> str:
    """What a search over profiles reads: every part of every text, then the keywords, then the call for proposals."""
    words = [str(text.get(part, "")) for text in texts for part in PARTS]
    named = [call.programme, call.title] if call else []
    return folded(*words, *keywords, *named)
