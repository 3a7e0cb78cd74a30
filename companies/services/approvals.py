"""The company's answer to the exact words of its profile."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events, notices
from companies.choices import ProfileStatus, Purpose
from companies.models import CooperationProfile, ProfileApproval
from companies.models.profile_review import LONGEST_COMMENT
from companies.policies import can_decide_for_company, require
from companies.profile_stages import Act
from companies.services.consents import give_consent
from companies.services.profile_moves import STATE, enter, is_approved, locked, step_of, wait_for_publication
from companies.services.profile_people import ASKED, latest_round, round_key, settle_round, tell_broker
from companies.services.profile_words import hash_of
from companies.services.publishable import ask_for_consent, tell_of_approval
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record


@transaction.atomic
def approve_profile(
    *,
    profile: CooperationProfile,
    by: Actor,
    shown_hash: str,
    comment: str = "",
    consent_language: str = "",
    consent_hash: str = "",
    now: datetime | None = None,
) -> ProfileApproval:
    """Approve the words that were shown; other words are refused with WrongStateError (`text_changed`).

    A broker who writes down what the company said by phone or in person says in `comment` how. With
    `consent_language` the company agreed in the same step to the text of the consent to anonymous publication, as
    shown in that language (`consent_hash`).
    """
    now = now or timezone.now()
    profile = _waiting(profile, by)
    _refuse_other_words(profile, shown_hash)
    if profile.company_id not in by.companies and not comment.strip():
        reason = _("Say how the company approved it, as in “by phone on Monday, Ms Lis”.")
        raise BadInputError(reason, fields={"comment": reason})
    if consent_language:
        give_consent(
            company=profile.company,
            purpose=Purpose.PUBLISH_ANONYMOUS,
            language=consent_language,
            by=by,
            shown_hash=consent_hash,
            now=now,
        )
    if not is_approved(profile, now):
        wait_for_publication(profile, now)
        profile.save(update_fields=STATE)
    approval = _enter(profile, by, comment, now, is_approved=True)
    settle_round(profile, now, *(one for one in ASKED if one.startswith("approval")))
    record(events.PROFILE_APPROVED, about=profile, by=by, company_id=profile.company.public_id)
    if approval.is_noted_by_broker:
        ask_for_consent(profile, now)
    else:
        tell_of_approval(profile, now)
    return approval


@transaction.atomic
def ask_for_changes(
    *, profile: CooperationProfile, by: Actor, shown_hash: str, comment: str, now: datetime | None = None
) -> ProfileApproval:
    """The company wants other words, and says which; its broker gets the profile back."""
    now = now or timezone.now()
    profile = _waiting(profile, by)
    _refuse_other_words(profile, shown_hash)
    if not comment.strip():
        reason = _("Say what should be changed.")
        raise BadInputError(reason, fields={"comment": reason})
    move = step_of(profile, Act.OBJECT, now)
    approval = _enter(profile, by, comment, now, is_approved=False)
    enter(profile, move.to, now)
    profile.save(update_fields=STATE)
    settle_round(profile, now)
    record(events.PROFILE_OBJECTED, about=profile, by=by, company_id=profile.company.public_id)
    if not approval.is_noted_by_broker:
        tell_broker(notices.PROFILE_OBJECTED, profile, key=round_key("changes", latest_round(profile)))
    return approval


def _waiting(profile: CooperationProfile, by: Actor) -> CooperationProfile:
    profile = locked(profile)
    require(can_decide_for_company(by, profile.company))
    if profile.status != ProfileStatus.COMPANY_APPROVAL:
        raise WrongStateError(_("This profile does not wait for the company's approval now."))
    return profile


def _refuse_other_words(profile: CooperationProfile, shown_hash: str) -> None:
    if shown_hash != hash_of(profile):
        raise WrongStateError(_("The text has changed meanwhile. Please read it again."), code="text_changed")


def _enter(
    profile: CooperationProfile, by: Actor, comment: str, now: datetime, *, is_approved: bool
) -> ProfileApproval:
    comment = comment.strip()
    if len(comment) > LONGEST_COMMENT:
        reason = _("Please say it in at most 2000 characters.")
        raise BadInputError(reason, fields={"comment": reason})
    return ProfileApproval.objects.create(
        profile=profile,
        is_approved=is_approved,
        text_hash=hash_of(profile),
        comment=comment,
        at=now,
        is_noted_by_broker=profile.company_id not in by.companies,
        actor_id=by.id,
    )
