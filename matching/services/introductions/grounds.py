"""What an introduction rests on: firms that are there, profiles that may be shown, and the consents of both."""

from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.choices import TAKES_PART, Purpose
from companies.models import Company, Consent, CooperationProfile
from matching.models import Introduction, IntroductionConsent

TEXTS = ("presentation", "interest", "question")


def words_hash(introduction: Introduction) -> str:
    """The hash of the exact texts, to which both firms agree."""
    words = [introduction.language, *(getattr(introduction, name) for name in TEXTS)]
    return sha256("\x1f".join(words).encode()).hexdigest()


def what_is_missing(introduction: Introduction) -> Promise | None:
    """Why the introduction cannot go on at this moment, as a sentence for brokers; None where nothing is missing.

    A profile must have been published, not be taken back since, and be consented to. Whether its year has ended and
    whether it is open for more interest matter at the beginning only: both firms say yes to the words of this
    introduction, and who closes a profile for others still wants those whom it has begun to talk to.
    """
    if any(is_away(company) for company in (introduction.sender_company, introduction.receiver_company)):
        return _("One of the two companies does not take part any more.")
    both = (introduction.sender_profile_id, introduction.receiver_profile_id)
    keys = {key for key in both if key is not None}
    if CooperationProfile.objects.standing().filter(pk__in=keys).count() < len(keys):
        return _("A profile of the two is not published any more, or the consent to it has ended.")
    return None


def agreed(introduction: Introduction, company: Company) -> bool:
    """Whether the last word of that company on this introduction is a yes to these exact texts."""
    latest = (
        IntroductionConsent.objects.filter(introduction=introduction, company=company).order_by("-id").first()
    )
    return latest is not None and latest.is_given and latest.text_hash == words_hash(introduction)


def is_away(company: Company) -> bool:
    return bool(company.erased_at or company.merged_into_id or company.stage not in TAKES_PART)


def withdrew_publication(company: Company) -> bool:
    """Whether the company's last word on its anonymous profiles is a no; a consent that merely ended is none."""
    latest = (
        Consent.objects.filter(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, recipient_id="")
        .order_by("-id")
        .first()
    )
    return latest is not None and not latest.is_given
