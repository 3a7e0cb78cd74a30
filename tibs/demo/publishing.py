"""Publishes the profiles of the demonstration: somebody abroad read them, and the company said yes on a visit."""

from datetime import datetime

from companies.choices import ProfileStatus, ReviewDecision
from companies.models import CooperationProfile, ProfileReview
from companies.services.approvals import approve_profile
from companies.services.profile_words import hash_of
from companies.services.publishing import publish_profile
from companies.services.readers import choose_reader
from tibs.accounts.actor import Actor

POINTS = {"advantages": 4, "clarity": 5, "cooperation": 4, "wording": 4}
HOW = "On our visit."


def publish_told(*, profile: CooperationProfile, by: Actor, now: datetime) -> CooperationProfile:
    """Tell the reading and the approval, and publish. The story is older than the automatic check of texts."""
    profile = CooperationProfile.objects.get(pk=profile.pk)
    words, chosen = hash_of(profile), choose_reader(profile, now)
    ProfileReview.objects.create(
        profile=profile,
        reader=chosen.person,
        chosen_because=chosen.reasons,
        text_hash=words,
        decision=ReviewDecision.READY,
        decided_at=now,
        **chosen.clock(now),
        **POINTS,
    )
    profile.status = ProfileStatus.COMPANY_APPROVAL
    profile.save(update_fields=["status", "updated_at"])
    approve_profile(profile=profile, by=by, shown_hash=words, comment=HOW, now=now)
    return publish_profile(profile=profile, by=by, now=now)
