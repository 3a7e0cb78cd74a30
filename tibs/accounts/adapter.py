"""How TIBS uses allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody opens an account alone: brokers are invited and SMEs register their firm."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
