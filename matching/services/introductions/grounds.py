"""What an introduction rests on: firms that are there, profiles that may be shown, and the consents of both."""

from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.choices import ProfileStatus, Purpose, Stage
from companies.models import Company, Consent, CooperationProfile
from matching.models import Introduction, IntroductionConsent

AWAY = frozenset({Stage.NOT_ELIGIBLE, Stage.DORMANT, Stage.WITHDRAWN})
TEXTS = ("presentation", "interest", "question")


def words_hash(introduction: Introduction) -> str:
    """The hash of the exact texts, to which both firms agree."""
    words = [introduction.language, *(getattr(introduction, name) for name in TEXTS)]
    return sha256("\x1f".join(words).encode()).hexdigest()


def has_gone(introduction: Introduction) -> bool:
    """Whether somebody withdrew what the introduction rests on; what merely ended may be renewed."""
    return any(
        is_away(company) or (profile is not None and _was_withdrawn(company, profile))
        for company, profile in _sides(introduction)
    )


def what_is_missing(introduction: Introduction) -> Promise | None:
    """Why the introduction cannot go on at this moment, as a sentence for brokers; None where nothing is missing.

    A profile must be published and consented to. Whether it is open for more interest matters at the beginning only:
    a firm that closes it for others still wants those whom it has begun to talk to.
    """
    if any(is_away(company) for company, _profile in _sides(introduction)):
        return _("One of the two companies does not take part any more.")
    keys = {profile.pk for _company, profile in _sides(introduction) if profile is not None}
    if CooperationProfile.objects.published().filter(pk__in=keys).count() < len(keys):
        return _("A profile of the two is not published any more, or the consent to it has ended.")
    return None


def agreed(introduction: Introduction, company: Company) -> bool:
    """Whether the last word of that company on this introduction is a yes to these exact texts."""
    latest = (
        IntroductionConsent.objects.filter(introduction=introduction, company=company).order_by("-id").first()
    )
    return latest is not None and latest.is_given and latest.text_hash == words_hash(introduction)


def is_away(company: Company) -> bool:
    return bool(company.erased_at or company.merged_into_id or company.stage in AWAY)


def _sides(introduction: Introduction) -> list[tuple[Company, CooperationProfile | None]]:
    return [
        (introduction.sender_company, introduction.sender_profile),
        (introduction.receiver_company, introduction.receiver_profile),
    ]


def _was_withdrawn(company: Company, profile: CooperationProfile) -> bool:
    if profile.status == ProfileStatus.WITHDRAWN:
        return True
    latest = (
        Consent.objects.filter(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, recipient_id="")
        .order_by("-id")
        .first()
    )
    return latest is not None and not latest.is_given
