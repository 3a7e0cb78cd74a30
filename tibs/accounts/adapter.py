"""How TIBS uses allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url

from tibs.accounts.actor import actor_of
from tibs.accounts.permissions import Permission


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody opens an account alone: brokers are invited and SMEs register their firm."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who works with companies begins with what waits for them, everybody else at the front page."""
        is_broker = actor_of(request.user).may(Permission.READ_MATCHES)
        return resolve_url("broker_home" if is_broker else settings.LOGIN_REDIRECT_URL)
