"""Changing the companies that somebody chose in a list, and taking it back."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from companies.choices import Stage
from companies.forms.bulk import ACTS, BulkForm
from companies.forms.lists import CompanyFilterForm
from companies.models import BulkChange, Company
from companies.policies import can_work_on_companies, require
from companies.services.bulk import MOST, SomeRefusedError, Undone, undo
from companies.services.stages import MoveRefusedError
from companies.stages import Guard
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.back import way_back
from tibs.core.errors import DomainError
from tibs.core.refusals import show_in

# How long the page offers to take a change back.
UNDO_OFFERED = timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Ask what to do with the chosen companies (GET), and do it to all of them or to none (POST)."""
    actor = actor_in(request)
    require(can_work_on_companies(actor))
    given = request.POST if request.method == "POST" else request.GET
    act = ACTS.get(given.get("act", ""))
    if act is None:
        raise Http404
    companies = chosen_in(given, actor)
    back = way_back(request, reverse("companies"))
    form = act.form(given if request.method == "POST" else None, actor=actor)
    refusals: list[tuple[Company, DomainError]] = []
    if request.method == "POST" and form.is_valid():
        try:
            form.apply_to(companies)
            return HttpResponseRedirect(back)
        except SomeRefusedError as error:
            refusals = error.refusals if len(companies) > 1 else []
            _show(error, form, len(companies))
        except DomainError as error:
            show_in(form, error)
    context = {
        "form": form,
        "act": act,
        "companies": companies,
        "refusals": refusals,
        "back": back,
        "most": MOST,
        "crumbs": [(gettext("Companies"), back)],
    }
    return render(request, "companies/bulk.html", context, status=400 if form.errors else 200)


@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo one change to many companies, as far as nobody changed them since."""
    actor = actor_in(request)
    own = BulkChange.objects.filter(made_by__public_id=actor.id)
    undone = undo(change=get_object_or_404(own, public_id=public_id), by=actor)
    _tell(request, undone)
    return HttpResponseRedirect(way_back(request, reverse("companies")))


def recent_change(actor: Actor) -> tuple[BulkChange, str] | None:
    """The newest change of the reader that can be taken back, and what it did; None when it is long ago."""
    since = timezone.now() - UNDO_OFFERED
    mine = BulkChange.objects.filter(made_by__public_id=actor.id, created_at__gte=since)
    newest = mine.order_by("-id").first()
    return (newest, _sentence(newest)) if newest and not newest.undone_at else None


def chosen_in(given: QueryDict, actor: Actor) -> list[Company]:
    """The companies that were ticked, or all of the list whose state is given; a stranger's is not found."""
    if given.get("all"):
        form = CompanyFilterForm(QueryDict(given.get("state", "")), actor=actor, today=timezone.localdate())
        return list(form.companies().order_by("name", "id")[: MOST + 1])
    wanted = set(given.getlist("company")[: MOST + 1])
    visible = Company.objects.visible_to(actor).select_related("country", "owner")
    found = list(visible.filter(public_id__in=wanted).order_by("name", "id"))
    if len(found) < len(wanted):
        raise Http404
    return found


def _show(error: SomeRefusedError, form: BulkForm, number: int) -> None:
    """A single company says itself why it refuses; of several, the page names each."""
    if number > 1:
        show_in(form, error)
        return
    refusal = error.refusals[0][1]
    wants_reason = isinstance(refusal, MoveRefusedError) and refusal.guard == Guard.REASON
    form.add_error("reason" if wants_reason else None, str(refusal))


def _sentence(change: BulkChange) -> str:
    number = len(change.after)
    if change.kind == "move":
        stage = Stage(next(iter(change.after.values()))["stage"]).label
        moved = ngettext(
            "%(number)s company was moved to: %(stage)s.",
            "%(number)s companies were moved to: %(stage)s.",
            number,
        )
        return moved % {"number": number, "stage": stage}
    if change.kind == "hand_over":
        given = ngettext(
            "%(number)s company was handed over.", "%(number)s companies were handed over.", number
        )
        return given % {"number": number}
    planned = ngettext(
        "%(number)s company has a new next step.", "%(number)s companies have a new next step.", number
    )
    return planned % {"number": number}


def _tell(request: HttpRequest, undone: Undone) -> None:
    restored = len(undone.restored)
    if restored:
        back = ngettext(
            "%(number)s company is as it was before.",
            "%(number)s companies are as they were before.",
            restored,
        )
        messages.success(request, back % {"number": restored})
    if undone.left:
        names = ", ".join(company.name for company in undone.left[:10])
        stayed = ngettext(
            "Somebody changed %(number)s company since, so it stays as it is: %(names)s.",
            "Somebody changed %(number)s companies since, so they stay as they are: %(names)s.",
            len(undone.left),
        )
        messages.warning(request, stayed % {"number": len(undone.left), "names": names})
