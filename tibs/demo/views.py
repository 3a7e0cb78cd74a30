"""Pages that only the demonstration has."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from tibs.demo.links import user_of
from tibs.demo.mail import letters
from tibs.demo.second_step import present_code
from tibs.entrance.services.sessions import begin


@login_not_required
@never_cache
def demo_login(request: HttpRequest, encoded_id: str, token: str) -> HttpResponse:
    """Show who would sign in; the button of the page does it."""
    user = user_of(encoded_id, token)
    if user is None:
        raise Http404("This link was used already, or is too old.")
    if request.method == "POST":
        # The link stands for the second step too, which nobody has a device for.
        login(request, user, backend="tibs.entrance.backend.PeopleWithInbox")
        begin(request)
        return redirect("home")
    return render(request, "demo/login.html", {"person": user})


def demo_code(request: HttpRequest) -> HttpResponse:
    """What the authenticator app of everybody in the demonstration shows now."""
    return render(request, "demo/code.html", {"code": present_code()})


@login_not_required
def demo_mail(request: HttpRequest) -> HttpResponse:
    """All mail that the demonstration would have sent."""
    return render(request, "demo/mail.html", {"letters": letters()})
