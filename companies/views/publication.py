"""The page on which a broker leads a profile to publication and through its year."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from companies.choices import ProfileStatus
from companies.forms.reviews import AnotherReaderForm, NotedAnswerForm
from companies.models import CooperationProfile
from companies.policies import can_ask_another_reader, can_change_company, require
from companies.services.approvals import approve_profile, ask_for_changes
from companies.services.interest_checks import answer_interest
from companies.services.profile_words import hash_of
from companies.services.publishing import (
    publish_profile,
    renew_profile,
    take_back_profile,
    withdraw_profile,
)
from companies.services.reviews import send_to_review
from companies.views.acts import done_or_told
from companies.views.notes import crumbs_of
from companies.views.profiles import profile_seen
from companies.views.publication_state import Publication, publication_of
from companies.views.reviews import another_form, first_error
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError

page = require_http_methods(["GET", "HEAD", "POST"])
ANSWERS = {"approve": approve_profile, "object": ask_for_changes}


@page
def profile_publication(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the profile stands and what can be done with it now; a form for each."""
    profile = profile_seen(request, public_id)
    actor = actor_in(request)
    require(can_change_company(actor, profile.company))
    if request.method == "POST":
        _act(request, profile, actor)
        return redirect("profile_publication", profile.public_id)
    publication = publication_of(profile, get_language() or "en", timezone.now())
    context = {
        "publication": publication,
        "profile": profile,
        "company": profile.company,
        "crumbs": crumbs_of(profile.company),
        "another": _another(publication, actor),
        "noting": _noting(profile),
        "now": timezone.now(),
    }
    return render(request, "companies/publication.html", context)


def _act(request: HttpRequest, profile: CooperationProfile, actor: Actor) -> None:
    chosen = request.POST.get("act", "")
    if chosen in ANSWERS:
        done_or_told(request, lambda: _note(request, profile, actor, chosen), gettext("The answer is noted."))
        return
    act, done = _acts(profile, actor).get(chosen, (None, ""))
    if act is not None:
        done_or_told(request, act, done)


def _note(request: HttpRequest, profile: CooperationProfile, actor: Actor, chosen: str) -> None:
    form = NotedAnswerForm(request.POST)
    if not form.is_valid():
        raise BadInputError(first_error(form))
    values = form.cleaned_data
    ANSWERS[chosen](profile=profile, by=actor, shown_hash=values["shown"], comment=values["comment"])


def _acts(profile: CooperationProfile, actor: Actor) -> dict[str, tuple[Callable[[], object], str]]:
    def doing(service: Callable[..., object], **values: Any) -> Callable[[], object]:
        return lambda: service(profile=profile, by=actor, **values)

    return {
        "send": (doing(send_to_review), gettext("A broker of another country was asked to read it.")),
        "publish": (doing(publish_profile), gettext("The profile is published.")),
        "renew": (doing(renew_profile), gettext("The profile runs for another year.")),
        "take_back": (doing(take_back_profile), gettext("The profile is a draft again.")),
        "withdraw": (doing(withdraw_profile), gettext("The profile is withdrawn.")),
        "interested": (doing(answer_interest, is_interested=True), gettext("The answer is noted.")),
        "not_interested": (doing(answer_interest, is_interested=False), gettext("The answer is noted.")),
    }


def _another(publication: Publication, actor: Actor) -> AnotherReaderForm | None:
    """For coordinators of the asking side while somebody reads."""
    read = publication.open_review
    if read is None:
        return None
    read.review.profile = publication.profile
    return another_form(read.review, actor) if can_ask_another_reader(actor, read.review) else None


def _noting(profile: CooperationProfile) -> NotedAnswerForm | None:
    if profile.status != ProfileStatus.COMPANY_APPROVAL:
        return None
    return NotedAnswerForm(initial={"shown": hash_of(profile)})
