"""The page on which a firm says what became of an agreement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from companies.policies import can_decide_for_company, require
from companies.views.acts import sent
from matching import sides
from matching.forms.follow_ups import FollowUpForm
from matching.models import FollowUp
from matching.services.follow_ups import answer_follow_up
from matching.views.cooperation_pages import FormPage, address, crumbs_to, form_page
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError, NotAllowedError, WrongStateError
from tibs.core.refusals import show_in


@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """The questions, for the firm on a phone and for its broker on the telephone."""
    actor = actor_in(request)
    rows = FollowUp.objects.visible_to(actor).select_related(
        "company", *(f"agreement__cooperation__{path}" for path in sides.RELATED)
    )
    found = get_object_or_404(rows, public_id=public_id)
    require(can_decide_for_company(actor, found.company))
    _refuse_unless_due(found)
    cooperation = found.agreement.cooperation
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
        title=ngettext(
            "What became of it after %(months)d month?",
            "What became of it after %(months)d months?",
            found.months,
        )
        % {"months": found.months},
        save=gettext("Send the answers"),
        back=address(cooperation),
        crumbs=crumbs_to(cooperation, actor),
        lead=found.company.name,
        notice=gettext(
            "Every question may be left open. The answers are used for statistics and by your broker."
        ),
    )
    return form_page(request, page, form)


def _refuse_unless_due(found: FollowUp) -> None:
    if found.done_at:
        raise WrongStateError(gettext("This is answered already. Thank you."))
    if found.due_date > timezone.localdate():
        raise WrongStateError(gettext("It is too early for these questions."))
