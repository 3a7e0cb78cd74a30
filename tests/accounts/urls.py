"""TIBS with two pages of its own, whatever the pages of TIBS are."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.translation import get_language

from tibs.accounts.middleware import actor_in
from tibs.urls import urlpatterns as of_tibs


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"language": get_language(), "actor": actor_in(request).kind})


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("private")


urlpatterns = [path("start", start), path("private", private), *of_tibs]
