"""Profiles of the demonstration on their way: read abroad, approved by the firm, published, each on its own day."""

from datetime import datetime

from companies.choices import ReviewDecision
from companies.models import CooperationProfile, ProfileReview
from companies.services.approvals import approve_profile
from companies.services.profile_words import hash_of
from companies.services.publishing import publish_profile
from companies.services.reviews import PARTS, decide_review, send_to_review
from tibs.demo.cast import Cast
from tibs.demo.clock import ago, at

# Days before the publication on which a profile was begun, sent, read and approved.
BEGUN, SENT, READ, APPROVED = 9, 6, 3, 1
SCORES = ((4, 5, 4, 4), (3, 4, 4, 5), (5, 4, 5, 4), (4, 3, 4, 4), (5, 5, 4, 5))
REMARKS = (
    "",
    "Clear and short. The figures in the advantages help.",
    "The role of the partner is well described.",
    "",
    "I would read this to the firms that I serve.",
)
SAID = "By phone, after reading the preview together."


def publish_told(*, profile: CooperationProfile, cast: Cast, days: int, now: datetime) -> CooperationProfile:
    """Take a draft that was begun in time to its publication so many days before `now`."""
    by = cast.broker(profile.company)
    with at(ago(now, days + SENT, 10)):
        review = send_to_review(profile=profile, by=by)
    with at(ago(now, days + READ, 13)):
        read_told(review, cast, ReviewDecision.READY, REMARKS[profile.pk % len(REMARKS)])
    with at(ago(now, days + APPROVED, 14)):
        profile = as_it_stands(profile)
        approve_profile(profile=profile, by=by, shown_hash=hash_of(profile), comment=SAID)
    with at(ago(now, days, 15)):
        return publish_profile(profile=profile, by=by)


def read_told(review: ProfileReview, cast: Cast, decision: str, comment: str) -> ProfileReview:
    """The second reader gives points and decides."""
    points = SCORES[review.pk % len(SCORES)] if decision == ReviewDecision.READY else (2, 2, 3, 3)
    return decide_review(
        review=review,
        scores=dict(zip(PARTS, points, strict=True)),
        decision=decision,
        comment=comment,
        by=cast.actor(review.reader),
        shown_hash=hash_of(as_it_stands(review.profile)),
    )


def as_it_stands(profile: CooperationProfile) -> CooperationProfile:
    """The profile with the texts of today."""
    return CooperationProfile.objects.select_related("company__owner").get(pk=profile.pk)
