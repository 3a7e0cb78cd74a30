"""How TIBS uses allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import translation

from tibs.accounts.actor import actor_of
from tibs.accounts.models import User
from tibs.accounts.permissions import Permission


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody opens an account alone: brokers are invited and SMEs register their firm."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who works with companies begins with what waits for them, everybody else at the front page."""
        is_broker = actor_of(request.user).may(Permission.READ_MATCHES)
        return resolve_url("broker_home" if is_broker else settings.LOGIN_REDIRECT_URL)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """An account that was closed answers like one that never was."""
        user = super().authenticate(request, **credentials)
        return user if isinstance(user, User) and user.is_active else None

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell people what was changed in their account, at the address that they sign in with."""
        context = {**(context or {}), "user": user}
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their own language."""
        user = context.get("user")
        with translation.override(user.language if user else translation.get_language()):
            super().send_mail(template_prefix, email, context)
