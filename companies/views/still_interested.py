"""The page of the monthly question. Opening it changes nothing, since mail programs follow links; a button does."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from companies.calls import why_over
from companies.services.interest_checks import answer_by_link, profile_of
from companies.views.publication_state import title_of
from tibs.core.errors import WrongStateError


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def interest_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Yes or no with one click and without a login; the answer can be changed by the same link."""
    try:
        profile = profile_of(token)
        over = why_over(profile, timezone.now())
        answer = request.POST.get("interest", "") if request.method == "POST" else ""
        if answer in {"yes", "no"} and not over:
            profile = answer_by_link(token=token, is_interested=answer == "yes")
    except WrongStateError as error:
        return render(request, "mine/still_interested_too_old.html", {"reason": str(error)}, status=410)
    context = {
        "title": title_of(profile, get_language() or "en"),
        "answer": answer,
        "over": over,
        "is_open": profile.open_for_interest,
    }
    return render(request, "mine/still_interested.html", context)
