"""Forms of the account pages: allauth's, with our words and our limits."""

from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    default_token_generator,
)
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tibs.accounts.actor import actor_of
from tibs.accounts.models import User
from tibs.core.errors import DomainError
from tibs.core.limits import Limit, take
from tibs.entrance import letters
from tibs.entrance.attempts import code_limits, letter_limits
from tibs.entrance.services.devices import spend_code

# Stands where an address belongs to nobody.
NOBODY = User(pk=0, email="nobody@localhost", password="!")  # noqa: S106  # no password opens it
LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your present password"),
    "password1": _("New password"),
    "password2": _("The new password again"),
    "code": _("Code"),
    "name": _("Name of the passkey"),
}


class OurWords(forms.Form):
    """Labels in our words, and none of them a second time inside the box."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "maxlength": 20}
                field.validators.append(MaxLengthValidator(20))


class SignInForm(OurWords, LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class NewPasswordForm(OurWords, ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""


class PasswordAgainForm(OurWords, ReauthenticateForm):  # type: ignore[misc]
    """The password, asked for again."""


def account_of(email: str, *, with_role: bool) -> User | None:
    """Whose address this is, among people with a role or among those without one.

    An address of nobody costs the same work as any other, so that the time of the answer tells nothing.
    """
    found = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    has_role = bool(actor_of(found or NOBODY).roles)
    return found if found and has_role == with_role else None


class AskForNewPasswordForm(OurWords, ResetPasswordForm):  # type: ignore[misc]
    """Sends one letter to known and unknown addresses alike, so that the answer tells nobody who has an account."""

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        _count(letter_limits(context.request, email, "password"))
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        user = account_of(email, with_role=True)
        key = f"{user_pk_to_url_str(user or NOBODY)}-{default_token_generator.make_token(user or NOBODY)}"
        link = get_adapter().get_reset_password_from_key_url(key)
        name = "account/email/password_reset_key" if user else "account/email/unknown_account"
        letters.write(name, email, {"password_reset_url": link} if user else {})
        return email


class AskForCodeForm(OurWords, RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for a code by mail. Only people of firms get one: a mailbox alone opens no account that has a role."""

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        _count(letter_limits(context.request, email, "code"))
        self._user = account_of(email, with_role=False)
        return email

    @property
    def gets_a_code(self) -> bool:
        return self._user is not None


class EnterCodeForm(OurWords, ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the letter; `process` names the letter, whose tries are counted exactly."""

    def __init__(self, *args: Any, process: str, **kwargs: Any) -> None:
        self.process = process
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        _count(code_limits(self.process))
        return str(super().clean_code())


class SecondStepForm(OurWords, AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator app, or a recovery code."""

    def clean_code(self) -> str:
        return _spent(self.user, str(super().clean_code()), self.authenticator)


class CodeAgainForm(OurWords, ReauthenticateByCodeForm):  # type: ignore[misc]
    """The same, asked for again."""

    def clean_code(self) -> str:
        return _spent(self.user, str(super().clean_code()), self.authenticator)


class SetUpAppForm(OurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    def clean_code(self) -> str:
        return _spent(self.user, str(super().clean_code()), None)


class AddPasskeyForm(OurWords, AddWebAuthnForm):  # type: ignore[misc]
    """What the browser made, under a name. Every passkey asks for a fingerprint, a face or a PIN."""

    name = forms.CharField(required=False, max_length=60)
    passwordless = None


class NewAddressForm(forms.Form):
    """Where somebody wants to sign in from now on."""

    email = forms.EmailField(label=_("New e-mail address"), max_length=254)


def _count(limits: Sequence[Limit]) -> None:
    try:
        take(limits)
    except DomainError as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from refusal


def _spent(user: User, code: str, authenticator: Authenticator | None) -> str:
    """A code of an app works once; recovery codes are crossed out by allauth."""
    is_of_app = authenticator is None or authenticator.type == Authenticator.Type.TOTP
    if is_of_app and not spend_code(user, code):
        raise get_adapter().validation_error("incorrect_code")
    return code
