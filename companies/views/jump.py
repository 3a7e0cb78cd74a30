"""The jump box: from any page to a company by a few letters of its name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from companies.forms.jump import JumpForm
from companies.models import Company
from companies.policies import can_read_companies, require
from tibs.accounts.middleware import actor_in

MOST = 8


@require_safe
def jump(request: HttpRequest) -> HttpResponse:
    """A few companies that fit the letters, by name."""
    actor = actor_in(request)
    require(can_read_companies(actor))
    form = JumpForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    visible = Company.objects.visible_to(actor).select_related("country")
    found = list(visible.search(words).order_by("name", "id")[:MOST]) if words.strip() else []
    return render(request, "companies/jump.html", {"found": found, "words": words})
