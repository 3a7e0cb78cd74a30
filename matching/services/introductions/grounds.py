"""What an introduction rests on: firms that are there, profiles that may be shown, and the consents of both."""

from hashlib import sha256

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.choices import Purpose
from companies.models import Company, Consent, CooperationProfile
from companies.models.profile import of_companies_that_take_part
from matching.handshake import Cause, Side
from matching.models import Introduction, IntroductionConsent
from matching.policies import is_away
from tibs.core.errors import WrongStateError

AWAY = _("One of the two companies does not take part any more.")
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
    lacking = sides_that_lack(introduction)
    if Cause.COMPANY in lacking.values():
        return AWAY
    if lacking:
        return _("A profile of the two is not published any more, or the consent to it has ended.")
    return None


def sides_that_lack(introduction: Introduction) -> dict[Side, Cause]:
    """What keeps an introduction from going on, by the side that can mend it: its firm is away, its consent to
    publication does not hold, or its profile is taken back."""
    firms = {Side.SENDER: introduction.sender_company, Side.RECEIVER: introduction.receiver_company}
    keys = {Side.SENDER: introduction.sender_profile_id, Side.RECEIVER: introduction.receiver_profile_id}
    there = {side for side, company in firms.items() if not is_away(company)}
    profiles = CooperationProfile.objects.standing()
    standing = set(profiles.filter(pk__in=[key for key in keys.values() if key]).values_list("pk", flat=True))
    lacking = {side: Cause.COMPANY for side in Side if side not in there}
    for side in there:
        if keys[side] is not None and keys[side] not in standing:
            lacking[side] = Cause.PROFILE if _consents(firms[side]) else Cause.CONSENT
    return lacking


def lacks(side: Side) -> Q:
    """The same as a condition on introductions: that side lacks something."""
    standing = CooperationProfile.objects.standing().filter(pk=OuterRef(f"{side}_profile"))
    without_profile = Q(~Exists(standing), **{f"{side}_profile__isnull": False})
    return ~of_companies_that_take_part(f"{side}_company") | without_profile


def refuse_away(*companies: Company) -> None:
    """WrongStateError where one of the companies takes no part; nobody can leave meanwhile while they are locked."""
    if any(is_away(company) for company in companies):
        raise WrongStateError(AWAY)


def has_left(company: Company) -> bool:
    """Whether a firm takes no part after what a rule is told of: as the event left it, not as its caller read it."""
    return is_away(Company.objects.get(pk=company.pk))


def _consents(company: Company) -> bool:
    return Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS).filter(company=company).exists()


def agreed(introduction: Introduction, company: Company) -> bool:
    """Whether the last word of that company on this introduction is a yes to these exact texts."""
    latest = (
        IntroductionConsent.objects.filter(introduction=introduction, company=company).order_by("-id").first()
    )
    return latest is not None and latest.is_given and latest.text_hash == words_hash(introduction)


def withdrew_publication(company: Company) -> bool:
    """Whether the company's last word on its anonymous profiles is a no; a consent that merely ended is none."""
    latest = (
        Consent.objects.filter(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, recipient_id="")
        .order_by("-id")
        .first()
    )
    return latest is not None and not latest.is_given
