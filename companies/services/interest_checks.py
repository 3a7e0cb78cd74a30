"""The monthly question whether a company is still interested in partners for its published profile."""

from datetime import datetime
from functools import partial

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events, notices
from companies.calls import why_over
from companies.choices import Basis, ProfileStatus
from companies.models import CooperationProfile
from companies.policies import can_decide_for_company, require
from companies.services.profile_moves import locked
from companies.services.profile_people import ask_company, tell_broker, tell_company
from tibs.accounts.actor import Actor, system
from tibs.core.errors import WrongStateError
from tibs.core.sweeps import take_each
from tibs.events.models import InboxItem
from tibs.events.recording import record
from tibs.events.services.inbox import settle, settle_about
from tibs.figures import MOST_SILENCES, PROFILE_LIFE, STILL_INTERESTED_EVERY

CLOCK, LINK = system("companies.interest_clock"), system("companies.interest_link")
SALT = "companies.interest"
LINK_LIFE = PROFILE_LIFE
BATCH = 500


def to_ask(now: datetime) -> QuerySet[CooperationProfile]:
    """Profiles that are shown and open, and that for a month nobody asked about, answered for or published."""
    published = CooperationProfile.objects.published().filter(expires_at__gt=now, open_for_interest=True)
    # GREATEST of PostgreSQL leaves out what is null.
    last = Greatest("interest_asked_at", "interest_confirmed_at", "published_at")
    return published.alias(last=last).filter(last__lte=now - STILL_INTERESTED_EVERY)


def ask_for_interest(*, now: datetime) -> int:
    """Ask about every profile that is due; the number. A second question without an answer closes it for interest.

    Done twice it changes nothing, and many may do it at a time.
    """
    keys = list(to_ask(now).order_by("pk").values_list("pk", flat=True)[:BATCH])
    return len(take_each(keys, partial(_one, now), sweep="companies.interest"))


@transaction.atomic
def answer_interest(
    *, profile: CooperationProfile, is_interested: bool, by: Actor, now: datetime | None = None
) -> CooperationProfile:
    """The company says whether it is interested, or its broker writes down what it said; a yes opens again, unless its
    call for proposals is over."""
    now = now or timezone.now()
    profile = locked(profile)
    require(can_decide_for_company(by, profile.company))
    if profile.status != ProfileStatus.PUBLISHED or profile.basis != Basis.APPROVED:
        raise WrongStateError(_("This profile is not published now."))
    if is_interested and (over := why_over(profile, now)):
        raise WrongStateError(over, code="closed_for_interest")
    was_open, profile.open_for_interest = profile.open_for_interest, is_interested
    profile.silences, profile.interest_confirmed_at = 0, now
    profile.save(update_fields=["open_for_interest", "silences", "interest_confirmed_at", "updated_at"])
    settle_question(profile, now)
    for start in (_closing_key(profile), f"own_{_closing_key(profile)}"):
        settle_about(start=start, now=now)
    event = events.INTEREST_CONFIRMED if is_interested else events.INTEREST_ENDED
    record(event, about=profile, by=by, company_id=profile.company.public_id)
    if was_open != is_interested:
        notice = notices.INTEREST_CONFIRMED if is_interested else notices.INTEREST_DECLINED
        tell_broker(notice, profile, key=f"interest_said:{profile.public_id}:{now.isoformat()}")
    return profile


def settle_question(profile: CooperationProfile, now: datetime) -> None:
    """The question that was asked last waits for nobody any more."""
    settle(key=_key(profile), now=now)


def answer_by_link(*, token: str, is_interested: bool, now: datetime | None = None) -> CooperationProfile:
    """The same by the link of a letter, whose holder the company is."""
    return answer_interest(profile=profile_of(token), is_interested=is_interested, by=LINK, now=now)


def profile_of(token: str) -> CooperationProfile:
    """The profile of a mailed link; WrongStateError for a link that does not work or works no more."""
    try:
        public_id = signing.loads(token, salt=SALT, max_age=LINK_LIFE)
    except signing.BadSignature as error:
        raise _too_old() from error
    published = CooperationProfile.objects.filter(basis=Basis.APPROVED, status=ProfileStatus.PUBLISHED)
    found = published.filter(public_id=public_id).prefetch_related("texts").first()
    if found is None:
        raise _too_old()
    return found


def link_of(profile: CooperationProfile) -> str:
    """The path of the page that answers for the company without a login."""
    return reverse("interest_answer", args=[signing.dumps(profile.public_id, salt=SALT)])


def _one(now: datetime, key: int) -> bool:
    profile = CooperationProfile.objects.filter(pk=key).first()
    if profile is None or profile.company.erased_at:
        return False
    profile = locked(profile)
    if not to_ask(now).filter(pk=key).exists():
        return False
    settle_question(profile, now)
    if _is_unanswered(profile):
        profile.silences += 1
    if profile.silences >= MOST_SILENCES:
        _close(profile, now)
    else:
        _ask(profile, now)
    return True


def _is_unanswered(profile: CooperationProfile) -> bool:
    """Whether somebody of the company was asked last time and said nothing; who was not asked cannot be silent."""
    asked, answered = profile.interest_asked_at, profile.interest_confirmed_at
    if asked is None or (answered is not None and answered >= asked):
        return False
    questions = InboxItem.objects.filter(key=_key(profile), notice=notices.STILL_INTERESTED.code)
    return questions.exists()


def _ask(profile: CooperationProfile, now: datetime) -> None:
    profile.interest_asked_at = now
    profile.save(update_fields=["interest_asked_at", "silences"])
    record(events.INTEREST_ASKED, about=profile, by=CLOCK, company_id=profile.company.public_id)
    if not ask_company(notices.STILL_INTERESTED, profile, key=_key(profile), url=link_of(profile)):
        tell_broker(notices.INTEREST_NOBODY, profile, key=_key(profile))


def _close(profile: CooperationProfile, now: datetime) -> None:
    profile.open_for_interest = False
    profile.save(update_fields=["open_for_interest", "silences", "updated_at"])
    record(events.INTEREST_ENDED, about=profile, by=CLOCK, company_id=profile.company.public_id)
    key = f"{_closing_key(profile)}{now:%Y%m%d}"
    tell_broker(notices.INTEREST_ENDED, profile, key=key)
    tell_company(notices.OWN_INTEREST_ENDED, profile, key=f"own_{key}", url=link_of(profile))


def _closing_key(profile: CooperationProfile) -> str:
    """How the keys of what is told of a closing begin; a day follows."""
    return f"interest_ended:{profile.public_id}:"


def _key(profile: CooperationProfile) -> str:
    """One key for each question."""
    asked = profile.interest_asked_at
    return f"interest:{profile.public_id}:{asked.isoformat() if asked else 'never'}"


def _too_old() -> WrongStateError:
    return WrongStateError(_("This link does not work any more."), code="link_too_old")
