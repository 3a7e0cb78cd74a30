"""Signing in: with a password, a passkey, or a code by mail; then the second step."""

import hashlib
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator

from tibs.accounts.actor import actor_of
from tibs.entrance import letters
from tibs.entrance.events import PASSWORD_CHANGED
from tibs.entrance.forms import AskForCodeForm
from tibs.events.recording import record


class AskForCode(account.RequestLoginCodeView):  # type: ignore[misc]
    """Mails a code to people of firms, and to every other address a letter that says why there is none."""

    def form_valid(self, form: AskForCodeForm) -> HttpResponseBase:
        if not form.gets_a_code:
            letters.write("account/email/unknown_account", form.cleaned_data["email"], {})
        answer: HttpResponseBase = super().form_valid(form)
        return answer


class EnterCode(account.ConfirmLoginCodeView):  # type: ignore[misc]
    """Takes the code from a letter."""

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        asked_at = self.stage.state["at"]
        name = f"{self.request.session.session_key}:{asked_at}"
        return kwargs | {"process": hashlib.sha256(name.encode()).hexdigest()}


class LogOut(account.LogoutView):  # type: ignore[misc]
    """Ends the session, and asks the browser to forget what it kept of it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


@method_decorator(login_not_required, name="dispatch")
class ChoosePassword(account.PasswordResetFromKeyView):  # type: ignore[misc]
    """Takes a new password from somebody who came by a mailed link."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().form_valid(form)
        record(PASSWORD_CHANGED, about=self.reset_user, by=actor_of(self.reset_user), facts={"way": "link"})
        return response


login = account.login
logout = login_not_required(LogOut.as_view())
ask_for_code = AskForCode.as_view()
enter_code = EnterCode.as_view()
second_step_at_login = second_step.authenticate
login_with_passkey = passkeys.login_webauthn
reset_password = account.password_reset
reset_password_done = account.password_reset_done
choose_password = ChoosePassword.as_view()
choose_password_done = account.password_reset_from_key_done
