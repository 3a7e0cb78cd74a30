"""What happens elsewhere and ends an introduction, or gives it to somebody else: rules of the page of wiring."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation, Membership
from brokers.ownership import Owned
from companies.models import Company, CooperationProfile
from companies.models.profile import of_companies_that_take_part
from matching.choices import OPEN_INTRODUCTIONS, IntroductionStatus
from matching.handshake import TABLE, Act, Cause, Side, State
from matching.models import Block, Introduction, IntroductionStep
from matching.services.introductions import clocks, telling, trail
from matching.services.introductions.grounds import has_left, withdrew_publication
from matching.services.introductions.meeting import HANDSHAKE
from matching.services.introductions.moving import all_as_they_stand, free, put_into
from matching.services.introductions.pausing import give_to
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.events.recording import record_all

# Somebody answers for these: the open ones, and those whose contact data the two brokers still read.
CARED_FOR = (*OPEN_INTRODUCTIONS, IntroductionStatus.INTRODUCED)
CHANGED = (
    "status", "owner", "decline_reason", "decline_note", "held_from", "hold_until", "ended_at",
    *clocks.FIELDS, "version", "updated_at",
)  # fmt: skip


def stop_without_consent(company: Company, by: Actor) -> None:
    """Rule: a firm withdrew a consent. Without that to publication, introductions by its profiles end."""
    if withdrew_publication(company):
        shown = Q(sender_company=company, sender_profile__isnull=False) | Q(receiver_company=company)
        _stop(shown, Cause.CONSENT, lambda introduction: introduction.side_of(company))


def stop_without_company(company: Company, by: Actor) -> None:
    """Rule: a firm moved to another stage or was erased. About one that is back the question that stopped is asked."""
    if has_left(company):
        _stop(_of(company), Cause.COMPANY, lambda introduction: introduction.side_of(company))
        _ask_no_more(company)
    else:
        _ask_again(company)


def stop_without_profile(profile: CooperationProfile, by: Actor) -> None:
    """Rule: a profile was withdrawn, or taken back to be written anew."""
    _stop(_resting_on(profile), Cause.PROFILE, lambda introduction: introduction.side_of(profile.company))


def ending_with(profile: CooperationProfile) -> int:
    """How many introductions end as soon as the profile is withdrawn or taken back."""
    return Introduction.objects.open().filter(_resting_on(profile)).count()


def stop_blocked(block: Block, by: Actor) -> None:
    """Rule: a firm is not to be introduced to another one any more."""
    pair = {"low_company__in": (block.company_id, block.other_id)}
    pair["high_company__in"] = pair["low_company__in"]
    _stop(Q(**pair), Cause.BLOCK, lambda introduction: introduction.side_of(block.company))


def forget_notes(company: Company, by: Actor) -> None:
    """Rule: after an erasure nothing is left of what brokers noted about the firm's introductions."""
    Introduction.objects.filter(_of(company)).update(decline_note="")


def follow_company(company: Company, by: Actor) -> None:
    """Rule: who takes over a company takes over its introductions, and what comes with them."""
    cared_for = Introduction.objects.filter(_of(company), status__in=CARED_FOR)
    for introduction in all_as_they_stand(cared_for):
        side = introduction.side_of(company)
        if company.owner and introduction.broker_on(side) != company.owner:
            give_to(introduction, side, company.owner, by, timezone.now())


def _stop(which: Q, cause: Cause, side_of: Callable[[Introduction], Side]) -> None:
    """End the open ones of these, each from the side whose doing it is; as many queries for ten as for one."""
    stopped, now = all_as_they_stand(Introduction.objects.open().filter(which)), timezone.now()
    if not stopped:
        return
    sides = {one.pk: side_of(one) for one in stopped}
    before = {one.pk: State(one.status) for one in stopped}
    telling.settle_all(stopped, now)
    for one in stopped:
        one.decline_reason, one.decline_note, one.updated_at = "", "", now
        put_into(one, TABLE[before[one.pk], Act.STOP].to or State.WITHDRAWN, now)
    Introduction.objects.bulk_update(stopped, CHANGED)
    IntroductionStep.objects.bulk_create(
        IntroductionStep(
            introduction=one, event=Act.STOP, from_status=before[one.pk], to_status=one.status, at=now
        )
        for one in stopped
    )
    written = [
        trail.entries(one, Act.STOP, before=before[one.pk], side=sides[one.pk], cause=cause)
        for one in stopped
    ]
    record_all([entry for entries in written for entry in entries], by=HANDSHAKE)
    telling.tell_all(telling.Move(one, Act.STOP, sides[one.pk], cause) for one in stopped)
    free(stopped, now, refused=[one for one in stopped if sides[one.pk] is Side.SENDER])


def _ask_no_more(company: Company) -> None:
    """Nobody is asked how the first contact with a firm went that has left since."""
    asked = Introduction.objects.filter(_of(company), status=State.INTRODUCED, due_at__isnull=False)
    now = timezone.now()
    introduced = all_as_they_stand(asked)
    telling.settle_all(introduced, now)
    for one in introduced:
        clocks.stop(one)
        one.version += 1
        one.save(update_fields=["due_at", "wakes_at", "version", "updated_at"])


def _ask_again(company: Company) -> None:
    """Once both firms take part again, the clock of the first contact starts anew where nobody told how it went."""
    answers = IntroductionStep.objects.filter(introduction=OuterRef("pk"), event=Act.FEEDBACK)
    stopped = Introduction.objects.filter(
        _of(company),
        of_companies_that_take_part("sender_company"),
        of_companies_that_take_part("receiver_company"),
        ~Exists(answers),
        status=State.INTRODUCED,
        due_at=None,
    )
    now = timezone.now()
    for one in all_as_they_stand(stopped):
        clocks.start(one, now)
        one.version += 1
        one.save(update_fields=[*clocks.FIELDS, "version", "updated_at"])


def _resting_on(profile: CooperationProfile) -> Q:
    return Q(sender_profile=profile) | Q(receiver_profile=profile)


def _of(company: Company) -> Q:
    return Q(low_company=company) | Q(high_company=company)


def _answered_for(user: User, organisation: HostOrganisation) -> QuerySet[Introduction]:
    return Introduction.objects.filter(status__in=CARED_FOR).filter(
        Q(sender_broker=user, sender_company__host=organisation)
        | Q(receiver_broker=user, receiver_company__host=organisation)
    )


def _hand_over(ended: Membership, by: Actor) -> None:
    if ended.successor is None:
        return
    for introduction in all_as_they_stand(_answered_for(ended.user, ended.organisation)):
        for side in Side:
            if introduction.broker_on(side) == ended.user:
                give_to(introduction, side, ended.successor, by, timezone.now())


OWNED = [Owned(_("Introductions"), _answered_for, _hand_over)]
