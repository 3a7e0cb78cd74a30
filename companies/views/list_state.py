"""The state of the table and the board of companies, which their address holds as a whole."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from companies.choices import ListPlace
from companies.forms.lists import CompanyFilterForm
from companies.lists import ORDERS
from companies.models import SavedView
from companies.policies import can_read_companies, can_work_on_companies, require
from companies.querysets import CompanyQuerySet
from companies.views.bulk import recent_change
from companies.views.saved_views import views_of
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in


@dataclass(frozen=True)
class ListState:
    """Who looks at which companies in which order; `query` is the same as another page takes it."""

    actor: Actor
    form: CompanyFilterForm
    companies: CompanyQuerySet
    by: tuple[str, str]
    query: str

    @property
    def status(self) -> int:
        return 400 if self.form.errors else 200


def state_of(
    request: HttpRequest,
    *,
    order: str = "name",
    without: tuple[str, ...] = ("cursor",),
    query: QueryDict | None = None,
) -> ListState:
    """What the address (or another `query`) asks for, sorted by `order` unless it says otherwise.

    Parameters `without` do not count.
    """
    actor = actor_in(request)
    require(can_read_companies(actor))
    query = request.GET.copy() if query is None else query
    for name in without:
        query.pop(name, None)
    form = CompanyFilterForm(query, actor=actor, today=timezone.localdate(), order=order)
    companies = form.companies()
    return ListState(actor, form, companies, ORDERS[form.order].by, _filled(query))


def context_of(state: ListState, request: HttpRequest, views: list[SavedView]) -> dict[str, Any]:
    """What the heads of the table and the board show."""
    may_work = can_work_on_companies(state.actor)
    return {
        "form": state.form,
        "state": state.query,
        "views": views,
        "today": timezone.localdate(),
        "back": request.get_full_path(),
        "may_work": may_work,
        "may_share": bool(state.actor.organisations),
        "recent": recent_change(state.actor) if may_work else None,
    }


def views_for(request: HttpRequest, place: ListPlace) -> list[SavedView]:
    """The saved views of a page, for whoever may open it."""
    actor = actor_in(request)
    require(can_read_companies(actor))
    return views_of(actor, place)


def _filled(query: QueryDict) -> str:
    """The state without what is empty."""
    for name in list(query):
        values = [value for value in query.getlist(name) if value]
        if values:
            query.setlist(name, values)
        else:
            del query[name]
    return str(query.urlencode())
