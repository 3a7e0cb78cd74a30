"""How TIBS uses allauth."""

from typing import Any, ClassVar

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tibs.accounts.actor import actor_of
from tibs.accounts.models import User
from tibs.accounts.permissions import Permission
from tibs.core.addresses import address_of, network_of
from tibs.core.errors import DomainError
from tibs.core.limits import give_back, take
from tibs.core.sealed import seal, unseal
from tibs.entrance import known_device, letters
from tibs.entrance.attempts import password_limits
from tibs.entrance.services import sessions

logger = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in by e-mail address, counted before anything is hashed; nobody opens an account alone."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_code": _("This code is not right, or it was used already."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your present password."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes, then try again."),
        "rate_limited": _("Too many attempts. Please wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Brokers are invited and SMEs register their firm."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return str(address_of(request) or "0.0.0.0")  # noqa: S104  # stands for an address that nobody knows

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Brokers begin with what waits for them, people of firms with their firm, others at the front page."""
        actor = actor_of(request.user)
        if actor.may(Permission.READ_MATCHES):
            return resolve_url("broker_home")
        return resolve_url("my_companies" if actor.companies else settings.LOGIN_REDIRECT_URL)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password, after the attempt was counted; a closed account answers like one that never was."""
        email = str(credentials.get("email", ""))
        limits = password_limits(request, email)
        try:
            take(limits)
        except DomainError as refusal:
            logger.warning("login_limited", network=network_of(request))
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        user = authenticate(request, **credentials)
        if not isinstance(user, User):
            logger.info("login_failed", account=known_device.account_key(email), network=network_of(request))
            return None
        give_back(limits)
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.begin(request)
        logger.info("login", user=user.public_id, network=network_of(request))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        known_device.remember(response, user)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponseRedirect:
        messages.error(request, gettext("You cannot sign in with this. Please ask your coordinator."))
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not sessions.is_recent(self.request, self.request.user)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """With neither a password nor a device the only proof is a new code by mail."""
        again = {
            "id": "sign_in_again",
            "description": _("Use a code that we mail to you"),
            "url": reverse("account_sign_in_again"),
        }
        return super().get_reauthentication_methods(user) or [again]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Pages of TIBS say themselves what was done; only errors are passed on."""
        if message:
            messages.add_message(request, level, message)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell people that their password was changed; what happens to devices is told by the services that do it."""
        if not template_prefix.startswith("mfa/"):
            letters.write(template_prefix, email or user.email, context or {})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letters.write(template_prefix, email, context)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step: secrets of devices are sealed in the database."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it was used already."),
    }

    def get_totp_issuer(self) -> str:
        return "TIBS"

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return gettext("My passkey")
