"""One's own account: address, password and sessions."""

from typing import Any

from allauth.account import views as account
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tibs.accounts.middleware import actor_in
from tibs.accounts.models import User
from tibs.core.errors import DomainError
from tibs.core.limits import take
from tibs.core.refusals import show_in
from tibs.entrance.attempts import letter_limits
from tibs.entrance.events import PASSWORD_CHANGED
from tibs.entrance.forms import NewAddressForm
from tibs.entrance.recency import recently_authenticated
from tibs.entrance.services.addresses import ask_for_address, change_address, wish_of
from tibs.entrance.services.devices import devices_of
from tibs.entrance.services.sessions import end_session, end_sessions, open_sessions
from tibs.events.recording import record


def person_of(request: HttpRequest) -> User:
    """Who is signed in, where the page lets nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101  # LoginRequiredMiddleware lets nobody else through
    return request.user


def overview(request: HttpRequest) -> HttpResponse:
    """How somebody signs in, and where they are signed in."""
    person = person_of(request)
    found = {
        "person": person,
        "devices": devices_of(person),
        "sessions": open_sessions(person, request.session.session_key),
    }
    return render(request, "account/overview.html", found)


@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Nothing is shown: whoever asks is signed in, and was there just now (`tibs.entrance.middleware`)."""
    return HttpResponse(status=204)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one session of one's own, or all others."""
    person, by = person_of(request), actor_in(request)
    chosen = request.POST.get("session", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 18:
        end_session(user=person, key=int(chosen), by=by)
        messages.success(request, gettext("The session is ended."))
    else:
        end_sessions(user=person, by=by, keep=request.session.session_key)
        messages.success(request, gettext("All other sessions are ended."))
    return redirect("account_overview")


@recently_authenticated
def new_address(request: HttpRequest) -> HttpResponse:
    """Ask for another address to sign in with."""
    form = NewAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            take(letter_limits(request, email, "address"))
            ask_for_address(user=person_of(request), email=email)
        except DomainError as refusal:
            show_in(form, refusal)
        else:
            return render(request, "account/address_asked.html", {"email": email})
    return render(request, "account/address.html", {"form": form})


@login_not_required
@never_cache
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Show which address would be used from now on; the button of the page does it."""
    try:
        wish = wish_of(token)
        if request.method == "POST":
            change_address(token=token, keep_session=request.session.session_key)
            messages.success(request, gettext("You sign in with your new address from now on."))
            return redirect("account_overview")
    except DomainError as refusal:
        return render(request, "400.html", {"reason": refusal.message}, status=400)
    return render(request, "account/address_confirm.html", {"email": wish.email})


@method_decorator(recently_authenticated, name="dispatch")
class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    """Takes a new password; every other session ends."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not person_of(request).has_usable_password():
            return redirect("account_overview")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_default_success_url(self) -> str:
        return reverse("account_overview")

    def form_valid(self, form: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().form_valid(form)
        person = person_of(self.request)
        update_session_auth_hash(self.request, person)
        by = actor_in(self.request)
        record(PASSWORD_CHANGED, about=person, by=by, facts={"way": "page"})
        end_sessions(user=person, by=by, keep=self.request.session.session_key)
        messages.success(self.request, gettext("Your new password is saved."))
        return response


change_password = ChangePassword.as_view()
