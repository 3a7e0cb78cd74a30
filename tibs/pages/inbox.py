"""The inbox: what somebody is told, and that they have read it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tibs.accounts.middleware import actor_in
from tibs.core.back import way_back
from tibs.core.paging import links_of, page_of
from tibs.entrance.views.own_account import person_of
from tibs.events.models import InboxItem
from tibs.events.services.inbox import read_items
from tibs.events.telling import grouped, told

NEWEST = ("-created_at", "-id")
ON_A_PAGE, MOST_WAITING = 30, 5
ALL, UNREAD, WAITING = "all", "unread", "waiting"
VIEWS = {ALL: _("All"), UNREAD: _("Unread"), WAITING: _("Waits for you")}


@dataclass(frozen=True)
class View:
    """One way to look at the inbox."""

    label: str
    url: str
    is_current: bool


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What is new, the newest first and by company; what waits for the reader stands apart."""
    actor, cursor = actor_in(request), request.GET.get("cursor", "")
    shown = request.GET.get("show", ALL)
    shown = shown if shown in VIEWS else ALL
    mine = InboxItem.objects.visible_to(actor)
    rows = {ALL: mine, UNREAD: mine.unread(), WAITING: mine.waiting()}[shown]
    page = page_of(rows, by=NEWEST, size=ON_A_PAGE, cursor=cursor)
    is_first = shown == ALL and not cursor
    waiting = list(mine.waiting().order_by(*NEWEST)[: MOST_WAITING + 1]) if is_first else []
    on_page = told([*waiting[:MOST_WAITING], *page.rows], actor)
    apart = on_page[: len(waiting[:MOST_WAITING])]
    shown_apart = {notice.public_id for notice in apart}
    found = {
        "waiting": apart,
        "more_wait": len(waiting) > MOST_WAITING,
        "groups": grouped(notice for notice in on_page[len(apart) :] if notice.public_id not in shown_apart),
        "views": _views(shown),
        "shown": shown,
        "links": links_of(page, request),
        "here": request.get_full_path(),
    }
    return render(request, "pages/inbox.html", found)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Note that a notice was read and lead to what it is about (`open`), or stay (`item`); without both, note it of
    all notices."""
    person, now = person_of(request), timezone.now()
    opened, noted = request.POST.get("open", ""), request.POST.get("item", "")
    if not opened and not noted:
        read_items(user=person, now=now)
        return redirect("inbox")
    item = get_object_or_404(InboxItem.objects.visible_to(actor_in(request)), public_id=opened or noted)
    read_items(user=person, now=now, public_id=item.public_id)
    return HttpResponseRedirect(item.url if opened else way_back(request, reverse("inbox")))


def _views(shown: str) -> list[View]:
    address = reverse("inbox")
    return [
        View(str(label), address if name == ALL else f"{address}?show={name}", name == shown)
        for name, label in VIEWS.items()
    ]
