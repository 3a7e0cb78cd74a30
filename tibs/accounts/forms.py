"""Forms of the account pages where allauth's do not fit."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest


class AskForNewPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """Sends one letter to known and unknown addresses alike, so that the answer tells nobody who has an account."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if self.users:
            return str(super().save(request, **kwargs))
        email = str(self.cleaned_data["email"])
        get_adapter().send_mail("account/email/unknown_account", email, {"request": request})
        return email
