"""What these pages share: reaching a cooperation, and a page with one form."""

from dataclasses import dataclass

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from companies.policies import require
from matching import sides
from matching.forms.rows import VersionedForm, differing
from matching.models import Cooperation, Meeting
from matching.policies import can_take_part, can_work_on_cooperation
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in

Crumbs = list[tuple[str, str]]


@dataclass(frozen=True)
class FormPage:
    """A page with one form: its title, the label of its button, and where `Cancel` leads."""

    title: str
    save: str
    back: str
    crumbs: Crumbs
    lead: str = ""
    notice: str = ""


def cooperation_worked_on(request: HttpRequest, public_id: str) -> Cooperation:
    """For brokers of the two sides: strangers get 404, the firms themselves 403."""
    cooperation = cooperation_of(actor_in(request), public_id)
    require(can_work_on_cooperation(actor_in(request), cooperation))
    return cooperation


def cooperation_of(actor: Actor, public_id: str) -> Cooperation:
    """For everybody of the two sides: strangers get 404."""
    rows = Cooperation.objects.visible_to(actor).select_related(*sides.RELATED)
    return get_object_or_404(rows, public_id=public_id)


def meeting_of(request: HttpRequest, public_id: str) -> Meeting:
    """A meeting, for those who take part in it."""
    actor = actor_in(request)
    rows = Meeting.objects.visible_to(actor).select_related(
        *(f"cooperation__{path}" for path in sides.RELATED)
    )
    meeting = get_object_or_404(rows, public_id=public_id)
    require(can_take_part(actor, meeting.cooperation))
    return meeting


def address(cooperation: Cooperation) -> str:
    return reverse("cooperation", args=[cooperation.public_id])


def title_of(cooperation: Cooperation) -> str:
    one, other = sides.companies_of(cooperation)
    return gettext("%(one)s and %(other)s") % {"one": one.name, "other": other.name}


def crumbs_to(cooperation: Cooperation, actor: Actor) -> Crumbs:
    """The way to a cooperation: brokers come from their list, a firm from its own pages."""
    return [*crumbs_above(cooperation, actor), (title_of(cooperation), address(cooperation))]


def crumbs_above(cooperation: Cooperation, actor: Actor) -> Crumbs:
    if can_work_on_cooperation(actor, cooperation):
        return [(gettext("Cooperations"), reverse("cooperations"))]
    own = [one for one in sides.companies_of(cooperation) if one.pk in actor.companies]
    return [
        (
            gettext("Partners of %(company)s") % {"company": one.name},
            reverse("own_partners", args=[one.public_id]),
        )
        for one in own
    ]


def form_page(request: HttpRequest, page: FormPage, form: Form, status: int = 200) -> HttpResponse:
    """The page; 400 while something in the form is wrong."""
    context = {"page": page, "form": form, "theirs": None}
    return render(request, "matching/cooperation_form.html", context, status=400 if form.errors else status)


def two_versions(
    request: HttpRequest, page: FormPage, mine: VersionedForm, theirs: VersionedForm
) -> HttpResponse:
    """The page once more with what was typed, and beside it what somebody else saved meanwhile (409); sent again, it
    takes the place of that."""
    mine.read_again(theirs)
    context = {"page": page, "form": mine, "theirs": differing(mine, theirs)}
    return render(request, "matching/cooperation_form.html", context, status=409)
