"""The page on which a firm says what became of an agreement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from companies.policies import can_decide_for_company, require
from companies.views.acts import sent
from matching import sides
from matching.forms.follow_ups import FollowUpForm
from matching.forms.rows import shown_answers
from matching.models import FollowUp
from matching.services.follow_ups import answer_follow_up
from matching.views.cooperation_pages import FormPage, address, crumbs_to, form_page
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError, NotAllowedError
from tibs.core.refusals import show_in


@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """The questions, for the firm on a phone and for its broker on the telephone; later the answers."""
    actor = actor_in(request)
    rows = FollowUp.objects.visible_to(actor).select_related(
        "company", *(f"agreement__cooperation__{path}" for path in sides.RELATED)
    )
    found = get_object_or_404(rows, public_id=public_id)
    require(can_decide_for_company(actor, found.company))
    cooperation = found.agreement.cooperation
    if found.done_at or found.due_date > timezone.localdate():
        return _shown(request, found)
    form = FollowUpForm(sent(request), row=found)
    if form.is_valid():
        try:
            answer_follow_up(follow_up=found, values=form.cleaned_data, by=actor)
        except NotAllowedError:
            raise
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("Your answers are kept. Thank you."))
            return HttpResponseRedirect(address(cooperation))
    page = FormPage(
        title=_title(found),
        save=gettext("Send the answers"),
        back=address(cooperation),
        crumbs=crumbs_to(cooperation, actor),
        lead=found.company.name,
        notice=gettext(
            "Every question may be left open. The answers are used for statistics and by your broker."
        ),
    )
    return form_page(request, page, form)


def _shown(request: HttpRequest, found: FollowUp) -> HttpResponse:
    """What was answered, or that it is too early; answers that come a second time are refused."""
    cooperation = found.agreement.cooperation
    is_sent = request.method == "POST"
    page = {
        "title": _title(found),
        "crumbs": crumbs_to(cooperation, actor_in(request)),
        "follow_up": found,
        "answers": shown_answers(FollowUpForm(row=found)) if found.done_at else [],
        "is_sent": is_sent,
    }
    return render(request, "matching/follow_up.html", page, status=409 if is_sent else 200)


def _title(found: FollowUp) -> str:
    words = ngettext(
        "What became of it after %(months)d month?",
        "What became of it after %(months)d months?",
        found.months,
    )
    return words % {"months": found.months}
