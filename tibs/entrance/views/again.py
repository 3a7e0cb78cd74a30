"""Asking again who somebody is."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

with_password = account.reauthenticate
with_code = second_step.reauthenticate
with_passkey = passkeys.reauthenticate_webauthn


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """For people without password and device: sign out, and in again with a new code."""
    target = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = reverse("home")
    if request.method == "POST":
        logout(request)
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': target})}")
    return render(request, "account/sign_in_again.html", {"next": target})
