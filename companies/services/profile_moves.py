"""What every step of a profile's life begins with: the lock, the table, and the conditions of the table."""

from collections.abc import Callable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.choices import TAKES_PART, Basis, ProfileStatus, Purpose, ReviewDecision
from companies.models import Company, Consent, CooperationProfile
from companies.profile_findings import remarks_of
from companies.profile_stages import Act, Guard, Move, missing, move_of
from companies.services.assessments.plans import unanswered_barriers
from companies.services.profile_checks import blockers_of, giveaways_of
from companies.services.profile_words import hash_of
from regions.working_days import times_of
from tibs.core.errors import WrongStateError
from tibs.figures import (
    COMPANY_DECIDES_DAYS,
    PROFILE_CHANGES_DAYS,
    PUBLISH_DAYS,
    RENEW_FROM,
    REVIVE_WITHIN,
)

REFUSALS: dict[Guard, Promise] = {
    Guard.SERVED: _("The company does not take part now. Move it to another stage first."),
    Guard.COMPLETE: _("The automatic check found something that must be mended first."),
    Guard.REACHABLE: _("Nobody at the company can be asked for its approval. Add a contact person first."),
    Guard.RECENT: _("It ended more than a year ago. Please write a new profile."),
    Guard.REVIEWED: _("A second reader has not found these words ready yet."),
    Guard.APPROVED: _("The company has not approved these words yet."),
    Guard.NAMELESS: _(
        "By now these words give the company away. Take the profile back and mend them before it is published."
    ),
    Guard.CONSENTED: _("The company has not agreed to the publication of its anonymous profile."),
    Guard.UNBLOCKED: _(
        "A barrier blocks this area. Add an action against it to the plan before you publish."
    ),
    Guard.ENDS_SOON: _("It can be renewed in the last 30 days before its end."),
    Guard.RUNNING: _("Its time is over."),
    Guard.ENDED: _("Its time is not over yet."),
    Guard.UNRENEWED: _("It was renewed already. A new review brings it back after its end."),
}
# Working days of the firm's country in which a profile is answered in the states in which somebody is waited for.
CLOCKS: dict[str, int] = {
    ProfileStatus.COMPANY_APPROVAL: COMPANY_DECIDES_DAYS,
    ProfileStatus.CHANGES_REQUESTED: PROFILE_CHANGES_DAYS,
}
STATE = ("status", "remind_at", "due_at", "reminded_at", "escalated_at", "updated_at")
CODES = {Guard.CONSENTED: "consent_missing", Guard.UNBLOCKED: "barrier_blocks"}


class ProfileStepRefusedError(WrongStateError):
    """The life cycle has no such step now, or something must be done before it; `guard` says what."""

    code = "profile_step_refused"

    def __init__(self, message: str | Promise, guard: Guard | None = None) -> None:
        super().__init__(message, code=CODES.get(guard, "") if guard else "")
        self.guard = guard


def locked(profile: CooperationProfile) -> CooperationProfile:
    """The profile as it stands now, its company locked before it, as everything that changes a company does."""
    company_id = CooperationProfile.objects.values_list("company_id", flat=True).get(pk=profile.pk)
    company = Company.objects.locked().select_related("host", "country", "owner").get(pk=company_id)
    if company.erased_at:
        raise WrongStateError(_("The data of this company were erased."), code="erased")
    found = CooperationProfile.objects.select_for_update(of=["self"], no_key=True).get(pk=profile.pk)
    found.company = company
    return found


def enter(profile: CooperationProfile, status: str, now: datetime) -> None:
    """Put a profile into a state, whose clock begins now; the caller saves the columns of STATE."""
    profile.status = status
    _start_clock(profile, now, CLOCKS.get(status))


def wait_for_publication(profile: CooperationProfile, now: datetime) -> None:
    """The company approved the words, and from now on its broker is waited for; the caller saves the columns of
    STATE."""
    _start_clock(profile, now, PUBLISH_DAYS)


def _start_clock(profile: CooperationProfile, now: datetime, days: int | None) -> None:
    profile.remind_at = profile.due_at = profile.reminded_at = profile.escalated_at = None
    if days:
        times = times_of(profile.company.country, now, days)
        profile.remind_at, profile.due_at = times.remind_at, times.due_at


def step_of(profile: CooperationProfile, act: Act, now: datetime) -> Move:
    """The line of the life cycle for `act`, every condition of it met; ProfileStepRefusedError says what is missing."""
    move = move_of(profile.status, act)
    if move is None or (profile.basis != Basis.APPROVED and act != Act.WITHDRAW):
        raise ProfileStepRefusedError(
            _("This is not possible now: the profile is in the state “%(state)s”.")
            % {"state": profile.get_status_display()}
        )
    for guard in unmet(move, profile, now):
        raise ProfileStepRefusedError(_why_not(guard, profile), guard)
    return move


def _why_not(guard: Guard, profile: CooperationProfile) -> str:
    """The refusal, after the passages where words are to blame."""
    found = remarks_of(giveaways_of(profile), profile.type) if guard is Guard.NAMELESS else []
    return " ".join([*(one.sentence for one in found), str(REFUSALS[guard])])


def unmet(move: Move, profile: CooperationProfile, now: datetime) -> list[Guard]:
    """What is missing for a step, in the order in which one would see to it."""
    return missing(move, {guard for guard in move.guards if CHECKS[guard](profile, now)})


def is_reviewed(profile: CooperationProfile, _now: datetime) -> bool:
    latest = profile.reviews.exclude(decided_at=None).order_by("-decided_at", "-pk").first()
    return (
        latest is not None
        and latest.decision == ReviewDecision.READY
        and latest.text_hash == hash_of(profile)
    )


def is_approved(profile: CooperationProfile, _now: datetime) -> bool:
    latest = profile.approvals.order_by("-pk").first()
    return latest is not None and latest.is_approved and latest.text_hash == hash_of(profile)


def _is_consented(profile: CooperationProfile, _now: datetime) -> bool:
    return Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS).filter(company=profile.company_id).exists()


def _ends_by(profile: CooperationProfile, moment: datetime) -> bool:
    return profile.expires_at is not None and profile.expires_at <= moment


CHECKS: dict[Guard, Callable[[CooperationProfile, datetime], bool]] = {
    Guard.SERVED: lambda profile, _now: profile.company.stage in TAKES_PART,
    Guard.COMPLETE: lambda profile, _now: not blockers_of(profile),
    Guard.REACHABLE: lambda profile, _now: profile.company.contacts.exists(),
    Guard.RECENT: lambda profile, now: not _ends_by(profile, now - REVIVE_WITHIN),
    Guard.REVIEWED: is_reviewed,
    Guard.APPROVED: is_approved,
    Guard.NAMELESS: lambda profile, _now: not giveaways_of(profile),
    Guard.CONSENTED: _is_consented,
    Guard.UNBLOCKED: lambda profile, _now: not unanswered_barriers(profile.company, profile.area),
    Guard.ENDS_SOON: lambda profile, now: _ends_by(profile, now + RENEW_FROM),
    Guard.RUNNING: lambda profile, now: not _ends_by(profile, now),
    Guard.ENDED: _ends_by,
    Guard.UNRENEWED: lambda profile, _now: profile.renewed_at is None,
}
