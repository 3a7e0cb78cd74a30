"""The board of companies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from companies.boards import lanes_of
from companies.choices import ListPlace
from companies.views.list_state import context_of, state_of, views_for
from companies.views.saved_views import opening
from tibs.accounts.middleware import actor_in
from tibs.core.htmx import wants_part

# The board shows every stage, and its cards have no columns.
OF_THE_TABLE = ("stage", "cols", "cursor")


@require_safe
def pipeline(request: HttpRequest) -> HttpResponse:
    """Companies by stage, the most urgent first; the address holds the whole state of the board."""
    views = views_for(request, ListPlace.PIPELINE)
    if first := opening(request, views, actor_in(request)):
        return first
    state = state_of(request, order="due", without=OF_THE_TABLE)
    context = context_of(state, request, views) | {"lanes": lanes_of(state.companies, by=state.by)}
    template = "companies/pipeline.html#results" if wants_part(request) else "companies/pipeline.html"
    response = render(request, template, context, status=state.status)
    patch_vary_headers(response, ["HX-Request"])
    return response
