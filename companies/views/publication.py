"""The page on which a broker leads a profile to publication and through its year."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from companies.choices import ProfileStatus
from companies.forms.reviews import AnotherReaderForm, NotedAnswerForm
from companies.models import CooperationProfile
from companies.models.profile_review import LONGEST_COMMENT
from companies.policies import can_ask_another_reader, can_change_company, require
from companies.profile_stages import EDITABLE
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
from companies.views.profile_seen import profile_seen
from companies.views.publication_advice import assessed
from companies.views.publication_state import Publication, publication_of
from companies.views.reviews import another_form
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError, NotAllowedError
from tibs.core.refusals import show_in

page = require_http_methods(["GET", "HEAD", "POST"])
ANSWERS = {"approve": approve_profile, "object": ask_for_changes}


@page
def profile_publication(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the profile stands and what can be done with it now; a form for each."""
    profile = profile_seen(request, public_id)
    actor = actor_in(request)
    require(can_change_company(actor, profile.company))
    noting = _noting(request, profile)
    if request.method == "POST" and _act(request, profile, actor, noting):
        return redirect("profile_publication", profile.public_id)
    publication = publication_of(profile, get_language() or "en", timezone.now())
    context = {
        "publication": publication,
        "assessed": assessed(profile),
        "profile": profile,
        "company": profile.company,
        "crumbs": crumbs_of(profile.company),
        "another": _another(publication, actor),
        "noting": noting,
        "shown": hash_of(profile) if noting else "",
        "longest_comment": LONGEST_COMMENT,
        "may_write": profile.status in EDITABLE,
        "now": timezone.now(),
    }
    status = 400 if noting and noting.errors else 200
    return render(request, "companies/publication.html", context, status=status)


def _act(
    request: HttpRequest, profile: CooperationProfile, actor: Actor, noting: NotedAnswerForm | None
) -> bool:
    """Do what was asked for; False where a written answer needs another look, and so stays on the page."""
    chosen = request.POST.get("act", "")
    if chosen in ANSWERS:
        return _noted(request, profile, actor, noting)
    act, done = _acts(profile, actor).get(chosen, (None, ""))
    if act is not None:
        done_or_told(request, act, done)
    return True


def _noted(
    request: HttpRequest, profile: CooperationProfile, actor: Actor, noting: NotedAnswerForm | None
) -> bool:
    """Keep what the company said by phone; what cannot be kept is told beside the words."""
    if noting is None:
        messages.error(request, gettext("This profile does not wait for the company's approval now."))
        return True
    if not noting.is_valid():
        return False
    values = noting.cleaned_data
    try:
        ANSWERS[request.POST["act"]](
            profile=profile, by=actor, shown_hash=values["shown"], comment=values["comment"]
        )
    except NotAllowedError:
        raise
    except DomainError as error:
        show_in(noting, error)
        return False
    messages.success(request, gettext("The answer is noted."))
    return True


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


def _noting(request: HttpRequest, profile: CooperationProfile) -> NotedAnswerForm | None:
    if profile.status != ProfileStatus.COMPANY_APPROVAL:
        return None
    return NotedAnswerForm(request.POST if request.POST.get("act") in ANSWERS else None)
