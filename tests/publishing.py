"""Publishes profiles in one line: the review and the approval are there as if two people had given them."""

from datetime import datetime

from django.utils import timezone

from companies.choices import ProfileStatus, ReviewDecision
from companies.models import Company, CooperationProfile, ProfileApproval, ProfileReview
from companies.services.contacts import add_contact
from companies.services.profile_words import hash_of
from companies.services.profiles import draft_profile
from companies.services.publishing import publish_profile
from tibs.accounts.actor import Actor, system
from tibs.accounts.models import User

TEXT = {
    "language": "en",
    "is_original": True,
    "title": "Planed oak boards for makers of furniture",
    "summary": "A small firm planes oak to measure and supplies makers of furniture within ten days.",
    "offered": "The firm planes and sorts oak boards. It holds the FSC certificate and delivers 40 m3 a month.",
    "sought": "A maker of furniture with 10 to 49 staff who buys planed boards each month and tests two samples.",
    "advantages": "Boards are dried to 8 per cent moisture, which a laboratory measured on 200 samples.",
}
POINTS = {"advantages": 4, "clarity": 4, "cooperation": 4, "wording": 4}


def publish_at_once(
    profile: CooperationProfile, *, by: Actor, now: datetime | None = None
) -> CooperationProfile:
    """Publish a draft whose company has agreed to it."""
    now = now or timezone.now()
    made_ready(profile, now=now)
    return publish_profile(profile=profile, by=by, now=now)


def made_ready(profile: CooperationProfile, *, now: datetime | None = None) -> CooperationProfile:
    """A profile that was read and approved in the words that it has now."""
    now = now or timezone.now()
    read(profile, now=now)
    approved(profile, now=now)
    CooperationProfile.objects.filter(pk=profile.pk).update(status=ProfileStatus.COMPANY_APPROVAL)
    profile.refresh_from_db()
    return profile


def read(
    profile: CooperationProfile,
    *,
    decision: ReviewDecision = ReviewDecision.READY,
    now: datetime | None = None,
) -> ProfileReview:
    """The second reader decided on the words of now."""
    now = now or timezone.now()
    return ProfileReview.objects.create(
        profile=profile,
        reader=second_reader(),
        asked_at=now,
        due_at=now,
        decision=decision,
        text_hash=hash_of(profile),
        decided_at=now,
        **POINTS,
    )


def approved(
    profile: CooperationProfile, *, is_approved: bool = True, now: datetime | None = None
) -> ProfileApproval:
    """The company answered to the words of now."""
    return ProfileApproval.objects.create(
        profile=profile,
        is_approved=is_approved,
        text_hash=hash_of(profile),
        at=now or timezone.now(),
        actor_id="tests",
    )


def second_reader() -> User:
    """Somebody abroad who read what tests publish."""
    return User.objects.get_or_create(email="reader@example.org", defaults={"name": "Rita Read"})[0]


def complete(company: Company, **values: object) -> CooperationProfile:
    """A draft that the automatic check lets through, of a company with somebody who can be asked."""
    facts = {
        "type": "BO",
        "area": "OPS",
        "cooperation_types": ["SUPPLY"],
        "partner_kinds": ["sme_49"],
        "keywords": ["oak boards"],
    } | values
    if not company.contacts.exists():
        add_contact(
            company=company,
            name="Kim Ask",
            email=f"{company.public_id}@example.org",
            language="en",
            by=system("tests"),
        )
    return draft_profile(company=company, texts=[dict(TEXT)], by=system("tests"), **facts)
