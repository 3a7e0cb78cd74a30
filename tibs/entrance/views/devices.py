"""Devices for the second step: an authenticator app, passkeys, and recovery codes."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError
from tibs.entrance.recency import recently_authenticated
from tibs.entrance.second_factor import lacks_second_factor
from tibs.entrance.services import devices
from tibs.entrance.views.own_account import person_of


def index(request: HttpRequest) -> HttpResponse:
    """What somebody takes the second step with, and what can be added."""
    person = person_of(request)
    held = devices.devices_of(person)
    found = {
        "devices": held,
        "has_app": any(device.type == Authenticator.Type.TOTP for device in held),
        "codes_left": len(devices.recovery_codes(person)),
        "must_set_up": lacks_second_factor(person, actor_in(request)),
    }
    return render(request, "mfa/index.html", found)


@method_decorator(recently_authenticated, name="dispatch")
class SetUpApp(app.ActivateTOTPView):  # type: ignore[misc]
    """Shows the secret for an authenticator app and takes its first code."""

    template_name = "mfa/app.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        held = devices.devices_of(person_of(request))
        if any(device.type == Authenticator.Type.TOTP for device in held):
            return redirect("mfa_index")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().form_valid(form)
        devices.note_device_added(user=person_of(self.request), kind="app", by=actor_in(self.request))
        return response

    def get_success_url(self) -> str:
        return _next_page(self.did_generate_recovery_codes)


@method_decorator(recently_authenticated, name="dispatch")
class AddPasskey(passkeys.AddWebAuthnView):  # type: ignore[misc]
    """Lets the browser make a passkey."""

    template_name = "mfa/passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"options": begin_registration(person_of(self.request), True)}

    def form_valid(self, form: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().form_valid(form)
        devices.note_device_added(user=person_of(self.request), kind="passkey", by=actor_in(self.request))
        return response

    def get_success_url(self) -> str:
        return _next_page(self.did_generate_recovery_codes)


def _next_page(has_new_codes: bool) -> str:
    return reverse("mfa_view_recovery_codes" if has_new_codes else "mfa_index")


set_up_app = SetUpApp.as_view()
add_passkey = AddPasskey.as_view()


@recently_authenticated
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a device shall go, and remove it."""
    person = person_of(request)
    device = get_object_or_404(Authenticator, user=person, pk=pk, type__in=devices.KINDS)
    if request.method == "POST":
        try:
            devices.remove_device(user=person, device=device, by=actor_in(request))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("The device is removed."))
        return redirect("mfa_index")
    return render(request, "mfa/remove.html", {"device": device})


@recently_authenticated
def show_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes for the day on which no device is at hand."""
    codes = devices.recovery_codes(person_of(request))
    if not codes and not devices.devices_of(person_of(request)):
        raise Http404
    return render(request, "mfa/recovery_codes.html", {"codes": codes})


@recently_authenticated
@require_POST
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new codes; the old ones work no more."""
    person = person_of(request)
    if not devices.devices_of(person):
        raise Http404
    devices.renew_recovery_codes(user=person, by=actor_in(request))
    messages.success(request, gettext("You have new recovery codes. The old ones work no more."))
    return redirect("mfa_view_recovery_codes")
