"""What one side decides about a match. The other side decides for itself and never learns of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.models import Company, CooperationProfile
from companies.policies import require
from companies.texts import original_text
from matching import events
from matching.choices import Choice, DismissReason
from matching.models import Block, Match, MatchDecision
from matching.policies import can_decide_on_matches
from matching.services.unanswered import end_decided
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Verdict:
    """Shortlisted, or dismissed with a reason; `blocks` keeps the two companies apart from now on."""

    choice: Choice
    reason: str = ""
    note: str = ""
    blocks: bool = False

    def __post_init__(self) -> None:
        """BadInputError when a dismissal has no reason from the list, or the note is too long."""
        if self.choice == Choice.DISMISSED and self.reason not in DismissReason.values:
            sentence = _("Say why the match is not relevant.")
            raise BadInputError(sentence, fields={"reason": sentence})
        if len(self.note) > LONGEST_NOTE:
            sentence = _("Please say it in at most 500 characters.")
            raise BadInputError(sentence, fields={"note": sentence})


@transaction.atomic
def decide(
    *,
    match: Match,
    profile: CooperationProfile,
    verdict: Verdict,
    by: Actor,
    now: datetime | None = None,
) -> MatchDecision:
    """Decide for the side of `profile`; a new decision of a side takes the place of its last one."""
    if verdict.blocks:
        _hold_companies(match)
    match, own, partner = sides_of(match, profile)
    require(can_decide_on_matches(by, own))
    if not Match.objects.still_open().filter(pk=match.pk).exists():
        raise WrongStateError(_("This match is not open any more."))
    is_dismissed = verdict.choice == Choice.DISMISSED
    person, now = User.objects.filter(public_id=by.id).first(), now or timezone.now()
    decision, _is_new = MatchDecision.objects.update_or_create(
        match=match,
        profile=own,
        defaults={
            "choice": verdict.choice,
            "reason": verdict.reason if is_dismissed else "",
            "note": verdict.note.strip(),
            "never_again": is_dismissed and verdict.blocks,
            "score": match.score,
            "text_hash": original_text(partner).text_hash,
            "decided_by": person,
            "decided_at": now,
        },
    )
    _record(match, own, verdict, by)
    end_decided(match, own, by, now)
    if is_dismissed and verdict.blocks:
        _block(own, partner, person, by)
    return decision


def _record(match: Match, own: CooperationProfile, verdict: Verdict, by: Actor) -> None:
    is_dismissed, note = verdict.choice == Choice.DISMISSED, verdict.note.strip()
    record(
        events.MATCH_DISMISSED if is_dismissed else events.MATCH_SHORTLISTED,
        about=match,
        by=by,
        company_id=own.company.public_id,
        facts={"profile": own.public_id} | ({"reason": verdict.reason} if is_dismissed else {}),
        personal={"note": note} if note else None,
    )


@transaction.atomic
def undo(*, match: Match, profile: CooperationProfile, by: Actor) -> None:
    """Take the decision of this side back, and a block that it made; without one nothing happens."""
    match, own, partner = sides_of(match, profile)
    require(can_decide_on_matches(by, own))
    decision = MatchDecision.objects.filter(match=match, profile=own).first()
    if decision is None:
        return
    decision.delete()
    record(
        events.DECISION_UNDONE,
        about=match,
        by=by,
        company_id=own.company.public_id,
        facts={"profile": own.public_id},
    )
    if decision.never_again and not _still_kept_apart(own.company, partner.company):
        _lift(own.company, partner.company, by)


def _still_kept_apart(company: Company, other: Company) -> bool:
    """Whether another decision of that company wants never to meet the other one again."""
    left = MatchDecision.objects.filter(profile__company=company, never_again=True)
    return left.filter(Q(match__first__company=other) | Q(match__second__company=other)).exists()


def _lift(company: Company, other: Company, by: Actor) -> None:
    for block in Block.objects.in_force().filter(company=company, other=other).select_for_update():
        block.lifted_at = timezone.now()
        block.save(update_fields=["lifted_at", "updated_at"])
        record(events.BLOCK_LIFTED, about=block, by=by, company_id=company.public_id)


def sides_of(
    match: Match, profile: CooperationProfile
) -> tuple[Match, CooperationProfile, CooperationProfile]:
    """The locked match, the side of `profile`, and the other side. WrongStateError where it is neither."""
    locked = (
        Match.objects.select_for_update(of=["self"], no_key=True)
        .select_related("first__company", "second__company")
        .get(pk=match.pk)
    )
    if profile.pk not in {locked.first_id, locked.second_id}:
        raise WrongStateError(_("This match belongs to another profile."))
    own, partner = locked.first, locked.second
    return (locked, own, partner) if own.pk == profile.pk else (locked, partner, own)


def _hold_companies(match: Match) -> None:
    """Who begins an introduction locks the two companies first, so that it sees the block or the block sees it."""
    firms = (match.first.company_id, match.second.company_id)
    list(Company.objects.locked().filter(pk__in=firms).order_by("pk"))


def _block(own: CooperationProfile, partner: CooperationProfile, person: User | None, by: Actor) -> None:
    block, is_new = Block.objects.get_or_create(
        company=own.company, other=partner.company, lifted_at=None, defaults={"made_by": person}
    )
    if is_new:
        record(events.COMPANY_BLOCKED, about=block, by=by, company_id=own.company.public_id)
