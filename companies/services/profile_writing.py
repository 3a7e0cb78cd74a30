"""Writing a profile: beginning it, changing its original and its facts, and translating it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import Basis, ProfileType
from companies.models import Assessment, Company, CooperationProfile, ProfileText, ResearchCall
from companies.policies import can_change_company, require
from companies.profile_parts import PARTS
from companies.profile_stages import EDITABLE
from companies.services.checks import refuse_misfits
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.files import open_file
from companies.services.profile_facts import (
    CALL,
    FACTS,
    call_is_empty,
    refuse_half_a_call,
    refuse_odd_facts,
)
from companies.services.profiles import draft_profile, profile_search_text
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record


@transaction.atomic
def begin_profile(
    *,
    company: Company,
    language: str,
    facts: Mapping[str, Any],
    words: Mapping[str, str],
    by: Actor,
    call: Mapping[str, Any] | None = None,
    assessment: Assessment | None = None,
) -> CooperationProfile:
    """Draft a profile whose original is `words` in `language`; of the texts one side is enough to begin with.

    `facts` go by the names of FACTS and `call` by those of CALL. BadInputError names the fields that do not fit, those
    of the call as `call_title`. `assessment` must be a completed one of this company.
    """
    company = open_file(company, by)
    refuse_odd_facts(company, facts)
    if assessment and (assessment.company_id != company.pk or assessment.completed_at is None):
        raise BadInputError(_("A profile is written from a completed assessment of the same company."))
    original = {"language": language, "is_original": True} | _stripped(words)
    try:
        profile = draft_profile(company=company, texts=[original], by=by, assessment=assessment, **facts)
    except BadInputError as error:
        ending = f"_{language}"
        fields = {name.removesuffix(ending): sentence for name, sentence in error.fields.items()}
        raise BadInputError(error.message, fields=fields) from error
    if _write_call(profile, call or {}):
        profile.search_text = _search_text(profile)
        profile.save(update_fields=["search_text"])
    return profile


@transaction.atomic
def edit_profile(
    *,
    profile: CooperationProfile,
    version: int,
    facts: Mapping[str, Any],
    words: Mapping[str, str],
    by: Actor,
    call: Mapping[str, Any] | None = None,
) -> CooperationProfile:
    """Change the facts and the original text, which was read at `version`; it counts changes of both.

    ChangedMeanwhileError holds the profile as it stands now if somebody else was faster. While a second reader or the
    company reads the profile, and while it is published, nothing changes: take it back first.
    """
    profile = _open_profile(profile, by)
    text = profile.texts.select_for_update().get(is_original=True)
    if text.version != version:
        raise ChangedMeanwhileError(profile)
    refuse_odd_facts(profile.company, facts)
    _refuse_another_type(profile, facts)
    changed = [*_set(profile, FACTS, facts), *_set(text, PARTS, _stripped(words))]
    refuse_misfits(profile, exclude=["company", "search_text", "reference"])
    refuse_misfits(text, exclude=["profile"])
    changed += _write_call(profile, call or {})
    if changed:
        text.version += 1
        text.save()
        _save(profile, by, changed)
    return profile


@transaction.atomic
def translate_profile(
    *, profile: CooperationProfile, language: str, version: int, words: Mapping[str, str], by: Actor
) -> ProfileText:
    """Write a translation, or change the one that was read at `version`; 0 where there was none."""
    profile = _open_profile(profile, by)
    text = profile.texts.select_for_update().filter(language=language).first()
    if text and text.is_original:
        raise WrongStateError(_("This is the original. Change it on the page of the profile."))
    if (text.version if text else 0) != version:
        raise ChangedMeanwhileError(profile)
    text = text or ProfileText(profile=profile, language=language, version=0)
    changed = _set(text, PARTS, _stripped(words))
    if not any(getattr(text, part) for part in PARTS):
        empty = _("Write at least the title.")
        raise BadInputError(empty, fields={"title": empty})
    refuse_misfits(text, exclude=["profile"])
    if changed:
        text.version += 1
        text.save()
        _save(profile, by, [f"texts_{language}"])
    return text


@transaction.atomic
def remove_translation(*, profile: CooperationProfile, language: str, by: Actor) -> None:
    """Take a translation away; the original stays. Removed twice is removed once."""
    profile = _open_profile(profile, by)
    if profile.texts.filter(language=language, is_original=True).exists():
        raise WrongStateError(_("The original cannot be removed."))
    if profile.texts.filter(language=language).delete()[0]:
        _save(profile, by, [f"texts_{language}"])


def _open_profile(profile: CooperationProfile, by: Actor) -> CooperationProfile:
    """The profile as it stands now, locked with its company, for somebody who may write on it."""
    company = open_file(profile.company, by)
    require(can_change_company(by, company))
    found = CooperationProfile.objects.select_for_update(of=["self"], no_key=True).get(
        pk=profile.pk, company=company
    )
    found.company = company
    if found.basis != Basis.APPROVED:
        raise WrongStateError(_("Imported public facts are not written by hand. Write a profile of its own."))
    if found.status not in EDITABLE:
        raise WrongStateError(_("Take the profile back before you change it."), code="not_writable")
    return found


def _refuse_another_type(profile: CooperationProfile, facts: Mapping[str, Any]) -> None:
    """The reference, which stays, begins with the type."""
    if profile.reference and facts.get("type", profile.type) != profile.type:
        fixed = _("The reference names the type, so it stays. Write another profile for another type.")
        raise BadInputError(fixed, fields={"type": fixed})


def _set(thing: Any, names: tuple[str, ...], values: Mapping[str, Any]) -> list[str]:
    """Set the values that are given; the names of those that are new."""
    changed = [name for name in names if name in values and getattr(thing, name) != values[name]]
    for name in changed:
        setattr(thing, name, values[name])
    return changed


def _stripped(words: Mapping[str, str]) -> dict[str, str]:
    """Without blanks at both ends; a title has one line, since letters have it as their subject."""
    stripped = {part: words[part].strip() for part in PARTS if part in words}
    return stripped | {"title": " ".join(stripped["title"].split())} if "title" in stripped else stripped


def _write_call(profile: CooperationProfile, values: Mapping[str, Any]) -> list[str]:
    """Describe the call, or take it away where nothing is said of it; only what is given is looked at."""
    if not values:
        return []
    refuse_half_a_call(values)
    call = ResearchCall.objects.filter(profile=profile).first()
    if call_is_empty(values):
        return ["call"] if call and call.delete() else []
    call = call or ResearchCall(profile=profile)
    changed = _set(call, CALL, values)
    try:
        refuse_misfits(call, exclude=["profile"])
    except BadInputError as error:
        fields = {f"call_{name}": sentence for name, sentence in error.fields.items()}
        raise BadInputError(error.message, fields=fields) from error
    if changed:
        call.save()
    return [f"call_{name}" for name in changed]


def _save(profile: CooperationProfile, by: Actor, changed: list[str]) -> None:
    profile.search_text = _search_text(profile)
    profile.save()
    record(events.PROFILE_CHANGED, about=profile, by=by, company_id=profile.company.public_id, fields=changed)


def _search_text(profile: CooperationProfile) -> str:
    """What is found of it; a call that stayed behind when the type changed is shown to nobody and not found either."""
    texts = profile.texts.order_by("-is_original", "language").values(*PARTS)
    is_for_call = profile.type == ProfileType.RESEARCH_REQUEST
    call = ResearchCall.objects.filter(profile=profile).first() if is_for_call else None
    return profile_search_text(texts, keywords=profile.keywords, call=call)
