"""The second reader: asked, answered, passed on."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import Membership
from companies import events, notices
from companies.choices import ReviewDecision
from companies.models import CooperationProfile, ProfileReview
from companies.models.profile_review import LONGEST_COMMENT, MOST_POINTS
from companies.policies import can_ask_another_reader, can_change_company, can_read_for, require
from companies.profile_stages import Act
from companies.services.files import author
from companies.services.profile_moves import STATE, enter, locked, step_of
from companies.services.profile_people import (
    ask_company,
    round_key,
    settle_round,
    tell_broker,
    tell_reader,
)
from companies.services.profile_words import hash_of
from companies.services.readers import Chosen, choose_reader
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record
from tibs.events.vocabulary import Event

PARTS = ("advantages", "clarity", "cooperation", "wording")
# Below so many of 20 points, or with a single 0, a profile needs changes; from these on it is good and excellent.
SUFFICIENT, GOOD, EXCELLENT = 10, 15, 17
LONGEST_REASON = 500


@transaction.atomic
def send_to_review(*, profile: CooperationProfile, by: Actor, now: datetime | None = None) -> ProfileReview:
    """Ask a broker of another country to read a profile that the automatic check lets through.

    ProfileStepRefusedError says what must be done first, NobodyReadsError that nobody abroad could read it.
    """
    now = now or timezone.now()
    profile = locked(profile)
    require(can_change_company(by, profile.company))
    move = step_of(profile, Act.SEND, now)
    settle_round(profile, now)
    chosen = choose_reader(profile, now)
    review = ProfileReview.objects.create(
        profile=profile,
        reader=chosen.person,
        asked_by=author(by),
        chosen_because=chosen.reasons,
        **chosen.clock(now),
    )
    enter(profile, move.to, now)
    profile.save(update_fields=STATE)
    _record(events.PROFILE_SENT, review, by)
    tell_reader(notices.REVIEW_ASKED, review, what="review")
    return review


@transaction.atomic
def decide_review(
    *,
    review: ProfileReview,
    scores: Mapping[str, int],
    decision: str,
    comment: str,
    by: Actor,
    shown_hash: str,
    now: datetime | None = None,
) -> ProfileReview:
    """Answer as the second reader: 0 to 5 points for each of PARTS, ready or changes, and a comment.

    Who asks for changes says which. Below 10 points or with a 0 a profile is not ready. `shown_hash` is that of the
    words that were on the page: other words are refused with WrongStateError.
    """
    now = now or timezone.now()
    review = _open_review(review)
    require(can_read_for(by, review))
    profile, comment = review.profile, comment.strip()
    _refuse_misfits(scores, decision, comment)
    if shown_hash != hash_of(profile):
        raise WrongStateError(_("The text has changed meanwhile. Please read it again."), code="text_changed")
    is_ready = decision == ReviewDecision.READY
    move = step_of(profile, Act.ACCEPT if is_ready else Act.RETURN, now)
    for part in PARTS:
        setattr(review, part, scores[part])
    review.decision, review.comment, review.text_hash = decision, comment, shown_hash
    review.decided_at, review.reader = now, author(by) or review.reader
    review.save()
    enter(profile, move.to, now)
    profile.save(update_fields=STATE)
    settle_round(profile, now)
    _record(events.REVIEW_READY if is_ready else events.REVIEW_CHANGES, review, by)
    _tell(review, is_ready=is_ready)
    return review


@transaction.atomic
def ask_another_reader(
    *, review: ProfileReview, by: Actor, reason: str, reader: str = "", now: datetime | None = None
) -> ProfileReview:
    """The reader passes a text on and says why, or a coordinator of the asking side asks somebody else.

    `reader` is the public id of a broker whom the coordinator chose; without it the ranking does.
    """
    now, reason = now or timezone.now(), reason.strip()
    review = _open_review(review)
    require(can_ask_another_reader(by, review))
    if not reason or len(reason) > LONGEST_REASON:
        sentence = _("Please say why, in at most 500 characters.")
        raise BadInputError(sentence, fields={"reason": sentence})
    give_to_another(review, by, now, reason=reason, wanted="" if can_read_for(by, review) else reader)
    return review


def give_to_another(
    review: ProfileReview, by: Actor, now: datetime, *, reason: str = "", wanted: str = ""
) -> None:
    """Ask the next reader, whose clock begins now; NobodyReadsError where nobody is left. The caller holds the lock."""
    chosen: Chosen = choose_reader(
        review.profile, now, without=[*review.earlier_readers, review.reader.public_id], wanted=wanted
    )
    hand_to(review, chosen, by, now, reason=reason)


def hand_to(review: ProfileReview, chosen: Chosen, by: Actor, now: datetime, *, reason: str = "") -> None:
    """Give it to that reader, whose clock begins now; what its former reader was asked waits no longer."""
    before = review.reader
    if before.public_id != by.id and Membership.objects.in_force().filter(user=before).exists():
        tell_reader(notices.REVIEW_WITH_ANOTHER, review, what="review_over")
    settle_round(review.profile, now, "review", "review_reminded", "review_late", "review_stuck")
    review.earlier_readers = [*review.earlier_readers, before.public_id]
    review.reader, review.chosen_because = chosen.person, chosen.reasons
    review.reminded_at = review.escalated_at = None
    for name, moment in chosen.clock(now).items():
        setattr(review, name, moment)
    review.save()
    _record(events.REVIEW_PASSED_ON, review, by, reason)
    tell_reader(notices.REVIEW_ASKED, review, what="review")


def end_reading(profile: CooperationProfile, now: datetime, *, tell: bool = True) -> None:
    """Nobody reads or approves any more: the open review goes, and nothing of the round waits.

    Whoever was reading is told by the title, unless it is erased with the rest.
    """
    settle_round(profile, now)
    for review in profile.reviews.open().select_related("reader"):
        review.profile = profile
        if tell and review.reader.is_active:
            tell_reader(notices.REVIEW_TAKEN_BACK, review, what="review_over")
    profile.reviews.open().delete()


def verdict_of(scores: Mapping[str, int]) -> str:
    """The code of what the points say together: excellent, good, sufficient or insufficient."""
    total = sum(scores.values())
    if min(scores.values()) == 0 or total < SUFFICIENT:
        return "insufficient"
    return "excellent" if total >= EXCELLENT else "good" if total >= GOOD else "sufficient"


def _open_review(review: ProfileReview) -> ProfileReview:
    """The review as it stands now with its profile, both locked after the company."""
    profile = locked(review.profile)
    rows = ProfileReview.objects.select_for_update(of=["self"]).select_related("reader")
    found = rows.filter(pk=review.pk, decided_at=None).first()
    if found is None:
        raise WrongStateError(_("This profile does not wait for a second reader any more."))
    found.profile = profile
    return found


def _refuse_misfits(scores: Mapping[str, int], decision: str, comment: str) -> None:
    if set(scores) != set(PARTS) or not all(0 <= points <= MOST_POINTS for points in scores.values()):
        raise BadInputError(_("Give 0 to 5 points for each of the four questions."))
    if decision not in ReviewDecision.values:
        raise BadInputError(_("Say whether the profile is ready."))
    if decision == ReviewDecision.READY and verdict_of(scores) == "insufficient":
        reason = _("With less than 10 points, or with a 0, a profile needs changes.")
        raise BadInputError(reason, fields={"decision": reason})
    if decision == ReviewDecision.CHANGES and not comment:
        reason = _("Say what should be changed.")
        raise BadInputError(reason, fields={"comment": reason})
    if len(comment) > LONGEST_COMMENT:
        reason = _("Please say it in at most 2000 characters.")
        raise BadInputError(reason, fields={"comment": reason})


def _tell(review: ProfileReview, *, is_ready: bool) -> None:
    profile = review.profile
    if is_ready:
        tell_broker(notices.REVIEW_READY, profile, key=f"review_ready:{review.public_id}")
        if not ask_company(notices.APPROVAL_ASKED, profile, key=round_key("approval", review)):
            tell_broker(notices.APPROVAL_NOBODY, profile, key=round_key("approval_nobody", review))
    else:
        tell_broker(notices.REVIEW_CHANGES, profile, key=round_key("changes", review))


def _record(event: Event, review: ProfileReview, by: Actor, reason: str = "") -> None:
    record(
        event,
        about=review.profile,
        by=by,
        company_id=review.profile.company.public_id,
        facts={"to": review.reader.public_id, "review": review.public_id},
        personal={"reason": reason} if reason else None,
    )
