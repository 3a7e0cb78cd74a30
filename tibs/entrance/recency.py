"""Asking again who somebody is, before what must not be done from a screen that was left open."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from tibs.entrance.services.sessions import is_recent


def recently_authenticated[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let people pass who proved who they are within ten minutes; lead others to a page that asks, and back.

    For views that change how somebody signs in, or that let many data leave (exports).
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, AnonymousUser) and is_recent(request, request.user):
            return view(request, *args, **kwargs)
        return ask_again(request)

    return guarded


def ask_again(request: HttpRequest) -> HttpResponse:
    """Lead to the page that asks who this is. What a form held is not kept: it may hold a new password."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    address = f"{methods[0]['url']}?{urlencode({'next': _page_of(request)})}"
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else redirect(address)


def _page_of(request: HttpRequest) -> str:
    """The page to come back to: of a form, the one that it stood on."""
    if request.method == "GET":
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if is_ours else request.path
