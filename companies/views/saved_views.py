"""Saved views of lists: keeping, changing and forgetting them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from companies.choices import ListPlace
from companies.forms.saved_views import NewViewForm, ViewForm
from companies.models import SavedView
from companies.policies import can_read_companies, require
from companies.services.saved_views import change_view, delete_view, save_view
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError
from tibs.core.refusals import show_in

MOST_SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
def saved_views(request: HttpRequest) -> HttpResponse:
    """The reader's own views (GET), and a new one (POST)."""
    actor = actor_in(request)
    require(can_read_companies(actor))
    form = NewViewForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            view = save_view(**given | {"place": ListPlace(given["place"])}, by=actor)
        except DomainError as error:
            show_in(form, error)
        else:
            return redirect(view)
    return _page(request, actor, form)


@require_POST
def saved_view(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change or delete one's own view."""
    actor = actor_in(request)
    view = get_object_or_404(SavedView.objects.owned_by(actor).select_related("owner"), public_id=public_id)
    if "delete" in request.POST:
        delete_view(view=view, by=actor)
        return redirect("saved_views")
    form = ViewForm(request.POST, prefix=view.public_id)
    if form.is_valid():
        try:
            change_view(view=view, **form.cleaned_data, by=actor)
        except DomainError as error:
            show_in(form, error)
        else:
            return redirect("saved_views")
    return _page(request, actor, form, changed=view)


def views_of(actor: Actor, place: str) -> list[SavedView]:
    """The views of a page that the reader may choose from, their own first."""
    found = list(SavedView.objects.visible_to(actor).filter(place=place).select_related("owner").distinct())
    return sorted(found, key=lambda view: (view.owner.public_id != actor.id, view.name.casefold()))[
        :MOST_SHOWN
    ]


def opening(request: HttpRequest, views: list[SavedView], actor: Actor) -> HttpResponse | None:
    """The way to the view that the reader wants to see first, when the address asks for nothing."""
    if request.GET:
        return None
    mine = (view for view in views if view.is_default and view.query and view.owner.public_id == actor.id)
    first = next(mine, None)
    return HttpResponseRedirect(first.get_absolute_url()) if first else None


def _page(
    request: HttpRequest, actor: Actor, form: ViewForm | None, changed: SavedView | None = None
) -> HttpResponse:
    """All own views with their forms; a form with errors stands in the place of its view."""
    views = SavedView.objects.owned_by(actor).select_related("owner", "organisation").order_by("name", "id")
    rows = [(view, form if view == changed else _form_of(view)) for view in views]
    context = {"form": form, "rows": rows, "is_new": form is not None and changed is None}
    return render(request, "companies/saved_views.html", context, status=400 if form is not None else 200)


def _form_of(view: SavedView) -> ViewForm:
    initial = {
        "name": view.name,
        "is_shared": view.organisation_id is not None,
        "is_default": view.is_default,
    }
    return ViewForm(initial=initial, prefix=view.public_id)
