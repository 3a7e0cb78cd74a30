"""Which partner site calls."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from brokers.models import ApiClient, ApiKey
from brokers.services.api_keys import key_behind, note_use
from tibs.accounts.actor import Actor, Kind


@dataclass(frozen=True)
class Site:
    """A partner site as a caller; what it may do comes from the scopes of its key."""

    client: ApiClient
    key: ApiKey
    is_authenticated: bool = True
    is_active: bool = True

    @property
    def public_id(self) -> str:
        """What its requests are counted under: each key has an allowance of its own."""
        return f"key:{self.key.prefix}"

    @property
    def actor(self) -> Actor:
        return Actor(
            kind=Kind.SITE,
            id=self.client.public_id,
            name=self.client.name,
            scopes=frozenset(self.key.scopes),
        )


class Key(BaseAuthentication):
    """A key in `Authorization: Bearer …` or `X-API-Key`; nowhere else, for addresses end up in logs."""

    def authenticate(self, request: Request) -> tuple[Site, ApiKey] | None:
        text = _sent(request)
        if text is None:
            return None
        now = timezone.now()
        key = key_behind(text, now)
        if key is None:
            raise AuthenticationFailed(_("This key does not work."))
        note_use(key, now)
        return Site(key.client, key), key

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class HasScope(BasePermission):
    """Lets a key in that holds the `scope` of the view."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.user, Site) and view.scope in request.user.key.scopes


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description of the API names the key."""

    target_class = Key
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "tibs_live_…"}


def _sent(request: Request) -> str | None:
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return text.strip()
    return request.headers.get("X-API-Key")
