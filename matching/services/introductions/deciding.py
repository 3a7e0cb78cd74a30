"""What the two firms decide: agree, accept, decline, take a yes back. Their broker may write down what they said."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.choices import Purpose
from companies.consent_texts import text_hash
from companies.models import Company
from companies.policies import require
from companies.services.consents import give_consent
from matching.handshake import Act, Side, Who
from matching.models import Introduction, IntroductionConsent
from matching.notices import introductions as notices
from matching.policies import roles_in
from matching.services.introductions import telling
from matching.services.introductions.grounds import agreed, words_hash
from matching.services.introductions.meeting import introduce_if_ready
from matching.services.introductions.moving import allowed, move, with_its_companies
from matching.services.introductions.writing import TEXTS_CHANGE, refuse_public_facts, refuse_unfinished
from tibs.accounts.actor import Actor
from tibs.core.errors import WrongStateError


@dataclass(frozen=True)
class Shared:
    """A firm lets the other broker read its file: the one whose name stood on the page, by the words that did."""

    recipient_id: str
    shown_hash: str


@transaction.atomic
def agree(
    *,
    introduction: Introduction,
    shown_hash: str,
    language: str,
    by: Actor,
    share: Shared | None = None,
    now: datetime | None = None,
) -> Introduction:
    """The sender's firm agrees to the exact texts (`shown_hash`) and to the hand-over of its contact data after the
    other's consent. With `share` it lets the other broker read its file as well: both hold, or neither does."""
    now = now or timezone.now()
    introduction = with_its_companies(introduction)
    if share:
        _share(introduction.sender_company, share, language, by, now)
    allowed(introduction, Act.AGREE, by)
    _refuse_unasked(introduction, by)
    if share and share.recipient_id != introduction.receiver_broker.public_id:
        raise WrongStateError(
            _("The other broker is somebody else now. Please read it again."), code="text_changed"
        )
    refuse_public_facts(introduction)
    refuse_unfinished(introduction)
    _consent(introduction, introduction.sender_company, shown_hash, language, by, now)
    asked = introduction.asked_sender_at or now
    agreed_now = move(
        introduction,
        Act.AGREE,
        by,
        now=now,
        asked_sender_at=asked,
        first_asked_at=introduction.first_asked_at or asked,
    )
    _tell_if_noted(agreed_now, Who.SENDER_COMPANY, by)
    return agreed_now


@transaction.atomic
def accept(
    *, introduction: Introduction, shown_hash: str, language: str, by: Actor, now: datetime | None = None
) -> Introduction:
    """The receiver's firm accepts: where everything is in place, both are introduced in the same transaction."""
    introduction, now = with_its_companies(introduction), now or timezone.now()
    allowed(introduction, Act.ACCEPT, by)
    _consent(introduction, introduction.receiver_company, shown_hash, language, by, now)
    accepted = move(introduction, Act.ACCEPT, by, now=now)
    _tell_if_noted(accepted, Who.RECEIVER_COMPANY, by)
    accepted = introduce_if_ready(accepted, now)
    if accepted.introduced_at is None:
        telling.tell_what_is_missing(accepted)
    return accepted


@transaction.atomic
def decline(
    *, introduction: Introduction, reason: str, by: Actor, note: str = "", now: datetime | None = None
) -> Introduction:
    """Decline with a reason from the list; the other side gets a polite sentence, never the note."""
    introduction = with_its_companies(introduction)
    allowed(introduction, Act.DECLINE, by)
    _refuse_unasked(introduction, by)
    return move(introduction, Act.DECLINE, by, now=now or timezone.now(), reason=reason, note=note)


@transaction.atomic
def take_back(
    *,
    introduction: Introduction,
    company: Company,
    language: str,
    by: Actor,
    now: datetime | None = None,
) -> Introduction:
    """A firm takes its yes back before the contact data were exchanged: the introduction ends at once."""
    introduction, now = with_its_companies(introduction), now or timezone.now()
    line = allowed(introduction, Act.TAKE_BACK, by)
    side = Who.SENDER_COMPANY if company == introduction.sender_company else Who.RECEIVER_COMPANY
    require(side in roles_in(by, introduction) & line.who)
    if not agreed(introduction, company):
        raise WrongStateError(_("There is no consent to take back."))
    _write(introduction, company, language, by, now, is_given=False)
    return move(introduction, Act.TAKE_BACK, by, now=now, side=side.side)


def _share(company: Company, share: Shared, language: str, by: Actor, now: datetime) -> None:
    if share.shown_hash != text_hash(Purpose.SHARE_WITH_BROKER, language):
        raise WrongStateError(_("The text has changed meanwhile. Please read it again."), code="text_changed")
    give_consent(
        company=company,
        purpose=Purpose.SHARE_WITH_BROKER,
        recipient_id=share.recipient_id,
        language=language,
        by=by,
        now=now,
    )


def _refuse_unasked(introduction: Introduction, by: Actor) -> None:
    """The people of the sender's firm answer to the words that they were asked about, not while these change."""
    if introduction.asked_sender_at is None and roles_in(by, introduction) == {Who.SENDER_COMPANY}:
        raise WrongStateError(TEXTS_CHANGE, code="text_changed")


def _tell_if_noted(introduction: Introduction, firm: Who, by: Actor) -> None:
    """The firm hears of a yes that its broker wrote down for it."""
    if introduction.company_on(firm.side or Side.SENDER).pk not in by.companies:
        telling.notify_one(introduction, firm, notices.NOTED)


def _consent(
    introduction: Introduction, company: Company, shown_hash: str, language: str, by: Actor, now: datetime
) -> None:
    if shown_hash != words_hash(introduction):
        raise WrongStateError(
            _("The texts have changed meanwhile. Please read them again."), code="text_changed"
        )
    _write(introduction, company, language, by, now, is_given=True)


def _write(
    introduction: Introduction, company: Company, language: str, by: Actor, now: datetime, *, is_given: bool
) -> None:
    IntroductionConsent.objects.create(
        introduction=introduction,
        company=company,
        is_given=is_given,
        text_hash=words_hash(introduction),
        language=language,
        at=now,
        is_noted_by_broker=company.pk not in by.companies,
        actor_id=by.id,
    )
