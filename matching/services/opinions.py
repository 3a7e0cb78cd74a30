"""Asking another broker what they think of a match, and answering."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import Broker
from brokers.services.leaving import hold_seats
from companies.models import CooperationProfile
from companies.policies import require
from matching import events
from matching.choices import View
from matching.models import Match, ViewRequest
from matching.notices import introductions as notices
from matching.policies import can_answer_view, can_decide_on_matches
from matching.services.decisions import sides_of
from matching.services.introductions.identity import leaks_in
from matching.services.unanswered import held
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record
from tibs.events.services.inbox import notify, settle

LONGEST = 1000


def advisers(partner: CooperationProfile, by: Actor) -> QuerySet[Broker]:
    """Brokers in service who know the partner's country or its domain, the reader left out."""
    knows = Q(membership__organisation__country=partner.company.country_id)
    if partner.domain_id:
        knows |= Q(domains=partner.domain_id)
    others = Broker.objects.in_service().exclude(membership__user__public_id=by.id)
    return (
        others.filter(pk__in=Broker.objects.filter(knows).values("pk"))
        .select_related("membership__user", "membership__organisation__country")
        .order_by("membership__organisation__country__name", "membership__user__name", "pk")
    )


@transaction.atomic
def ask_view(
    *, match: Match, profile: CooperationProfile, asked: User, question: str, by: Actor
) -> ViewRequest:
    """Ask a broker; they see the two anonymous profiles and the question. WrongStateError if they were asked before."""
    _hold_seats_of(asked)
    match, own, partner = sides_of(match, profile)
    require(can_decide_on_matches(by, own))
    asker = User.objects.filter(public_id=by.id).first()
    if asker is None or not advisers(partner, by).filter(membership__user=asked).exists():
        stranger = _("Choose a broker who knows the partner's country or its domain.")
        raise BadInputError(stranger, fields={"asked": stranger})
    question = _words(question, "question", _("Say what you would like to know."))
    if named := leaks_in(question, own.company):
        leaking = _("This gives away who the company is: %(words)s.") % {"words": ", ".join(named)}
        raise BadInputError(leaking, fields={"question": leaking})
    if not Match.objects.still_open().filter(pk=match.pk).exists():
        raise WrongStateError(_("This match is not open any more."))
    try:
        with transaction.atomic():
            made = ViewRequest.objects.create(
                match=match, profile=own, asked_by=asker, asked=asked, question=question
            )
    except IntegrityError as error:
        raise WrongStateError(_("This colleague was asked already.")) from error
    record(
        events.VIEW_ASKED,
        about=made,
        by=by,
        company_id=own.company.public_id,
        facts={"asked": asked.public_id},
    )
    notify(
        notices.VIEW_ASKED,
        to=asked,
        url=reverse("view_request", args=[made.public_id]),
        key=f"view:{made.public_id}",
        values={"sender": asker.name},
    )
    return made


@transaction.atomic
def answer_view(
    *, request: ViewRequest, view: str, answer: str, by: Actor, now: datetime | None = None
) -> ViewRequest:
    """Say what one thinks, once; the broker who asked is told."""
    require(can_answer_view(by, request))
    request = held(request)
    if view not in View.values:
        sentence = _("Choose one of the answers.")
        raise BadInputError(sentence, fields={"view": sentence})
    request.view, request.answer = view, _words(answer, "answer", "")
    request.answered_at = now or timezone.now()
    request.save(update_fields=["view", "answer", "answered_at", "updated_at"])
    record(events.VIEW_GIVEN, about=request, by=by, company_id=request.profile.company.public_id)
    settle(key=f"view:{request.public_id}", now=request.answered_at)
    notify(
        notices.VIEW_GIVEN,
        to=request.asked_by,
        url=reverse("view_request", args=[request.public_id]),
        key=f"view-given:{request.public_id}",
        values={"sender": request.asked.name, "company": request.profile.company.name},
        company_id=request.profile.company.public_id,
    )
    return request


def _hold_seats_of(asked: User) -> None:
    """Nobody is asked while they leave; whether they are an adviser is seen after that."""
    seats = Broker.objects.in_service().filter(membership__user=asked)
    hold_seats(
        (asked, broker.membership.organisation) for broker in seats.select_related("membership__organisation")
    )


def _words(words: str, field: str, missing: object) -> str:
    """The words without spaces around; `missing` is the sentence where there must be some."""
    words = words.strip()
    if missing and not words:
        raise BadInputError(str(missing), fields={field: str(missing)})
    if len(words) > LONGEST:
        too_long = _("Please say it in at most 1,000 characters.")
        raise BadInputError(too_long, fields={field: too_long})
    return words
