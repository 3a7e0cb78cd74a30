"""Addresses that only these tests need, beside those of TIBS."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tibs.accounts.models import User
from tibs.events.tasks import sweep_outbox
from tibs.urls import urlpatterns as of_tibs


@csrf_exempt
@login_not_required
def execute(request: HttpRequest) -> HttpResponse:
    """Run the SQL of the header, many times if asked to."""
    sql = request.headers["X-Sql"]
    with connection.cursor() as cursor:
        if "X-Many" in request.headers:
            cursor.executemany(sql, [("a",), ("b",)])
        else:
            cursor.execute(sql)
    return HttpResponse("done")


@csrf_exempt
@login_not_required
def save(request: HttpRequest) -> HttpResponse:
    User.objects.create_user("ana@example.org", name="Ana")
    return HttpResponse("saved")


@csrf_exempt
@login_not_required
def echo(request: HttpRequest) -> HttpResponse:
    """What arrived, to show that the body can still be read after the guards."""
    files = {name: file.size for name, file in request.FILES.items()}
    return JsonResponse({"post": request.POST.dict(), "files": files})


@csrf_exempt
@login_not_required
def echo_body(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.body)


@login_not_required
def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("nobody expected this")


@login_not_required
def queue(request: HttpRequest) -> HttpResponse:
    sweep_outbox.delay()
    return HttpResponse("queued")


urlpatterns = [
    *of_tibs,
    path("execute", execute),
    path("save", save),
    path("echo", echo),
    path("echo-body", echo_body),
    path("fail", fail),
    path("queue", queue),
]
