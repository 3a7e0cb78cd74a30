"""Questions to other brokers that end without an answer: nobody has to say something about everything."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation, Membership
from brokers.ownership import Owned
from companies.models import CooperationProfile
from companies.policies import require
from matching import events
from matching.choices import ViewEnd
from matching.models import Match, ViewRequest
from matching.models.decision import ViewRequestQuerySet
from matching.notices import introductions as notices
from matching.policies import can_answer_view
from tibs.accounts.actor import Actor, system
from tibs.accounts.models import User
from tibs.core.errors import WrongStateError
from tibs.core.sweeps import BATCH, take_each
from tibs.events.recording import record
from tibs.events.services.inbox import notify, settle

CLOCK = system("matching.views")
# What the asker did or can see is not told; what somebody else decided is.
TOLD = {ViewEnd.CANNOT_SAY: notices.VIEW_NOT_GIVEN, ViewEnd.LEFT: notices.VIEW_LEFT}


def held(request: ViewRequest) -> ViewRequest:
    """The question as it stands now, locked; WrongStateError where it needs no answer any more."""
    rows = ViewRequest.objects.select_for_update(of=["self"], no_key=True)
    request = rows.select_related("asked", "asked_by", "profile__company").get(pk=request.pk)
    if request.answered_at:
        raise WrongStateError(_("You have answered already."))
    if request.ended_at:
        raise WrongStateError(_("This question needs no answer any more."))
    return request


@transaction.atomic
def pass_on_view(*, request: ViewRequest, by: Actor, now: datetime | None = None) -> ViewRequest:
    """Who was asked cannot say; the broker who asked is told and may ask somebody else."""
    require(can_answer_view(by, request))
    request = held(request)
    _end(request, ViewEnd.CANNOT_SAY, by, now or timezone.now())
    return request


def end_decided(match: Match, profile: CooperationProfile, by: Actor, now: datetime) -> None:
    """The side of `profile` has decided, and waits for no opinion any more; the match is locked."""
    _end_all(ViewRequest.objects.filter(match=match, profile=profile), ViewEnd.DECIDED, by, now)


def end_over(*, now: datetime) -> int:
    """End the questions about matches that are over, whatever ended these; how many."""
    keys = list(_over().order_by("pk").values_list("pk", flat=True)[:BATCH])
    return len(take_each(keys, lambda key: _end_over(key, now), sweep="matching.views"))


def _over() -> ViewRequestQuerySet:
    stands = Match.objects.still_open().filter(pk=OuterRef("match"))
    return ViewRequest.objects.open().filter(~Exists(stands))


def _end_over(key: int, now: datetime) -> bool:
    return bool(_end_all(_over().filter(pk=key), ViewEnd.MATCH_OVER, CLOCK, now))


def _end_all(rows: ViewRequestQuerySet, end: ViewEnd, by: Actor, now: datetime) -> int:
    locked = rows.open().select_for_update(of=["self"], no_key=True)
    requests = list(locked.select_related("asked", "asked_by", "profile__company").order_by("pk"))
    for request in requests:
        _end(request, end, by, now)
    return len(requests)


def _end(request: ViewRequest, end: ViewEnd, by: Actor, now: datetime) -> None:
    request.end, request.ended_at = end, now
    request.save(update_fields=["end", "ended_at", "updated_at"])
    company = request.profile.company
    record(events.VIEW_ENDED, about=request, by=by, company_id=company.public_id, facts={"end": end})
    settle(key=f"view:{request.public_id}", now=now)
    if notice := TOLD.get(end):
        notify(
            notice,
            to=request.asked_by,
            url=reverse("view_request", args=[request.public_id]),
            key=f"view-ended:{request.public_id}",
            values={"sender": request.asked.name, "company": company.name},
            company_id=company.public_id,
        )


def _asked_of(user: User, organisation: HostOrganisation) -> ViewRequestQuerySet:
    """What they were asked, unless they are a broker of another organisation as well and can still answer."""
    elsewhere = Membership.objects.in_force().filter(user=user, broker__isnull=False)
    return ViewRequest.objects.open().filter(
        ~Exists(elsewhere.exclude(organisation=organisation)), asked=user
    )


def _end_what_was_asked(ended: Membership, by: Actor) -> None:
    """An opinion is nobody else's: who asked chooses anew."""
    _end_all(_asked_of(ended.user, ended.organisation), ViewEnd.LEFT, by, timezone.now())


OWNED = [Owned(_("Questions about matches, which end"), _asked_of, _end_what_was_asked)]
