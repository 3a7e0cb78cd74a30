"""What allauth wants to be written to people, as letters of TIBS: sent after the answer, alike for every address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import get_language

from tibs.accounts.models import User
from tibs.core.links import absolute
from tibs.events.services.letters import write_letter

# The change that a letter announces, by the name that allauth has for it.
CHANGES = {
    "account/email/password_reset": "password",
    "account/email/password_changed": "password",
}
TEMPLATES = {
    "account/email/password_reset_key": "account_password_link",
    "account/email/login_code": "account_code",
    "account/email/unknown_account": "account_unknown",
}


def write(name: str, to: str, context: Mapping[str, Any]) -> None:
    """Owe the letter that allauth calls `name`, in the language of its reader if there is one."""
    reader = User.objects.filter(email=to.lower()).only("name", "language").first()
    language = reader.language if reader else get_language() or "en"
    facts = {"name": reader.name if reader else ""}
    if change := CHANGES.get(name):
        write_letter(template="account_changed", to=to, language=language, context=facts | {"change": change})
        return
    if "password_reset_url" in context:
        # Never with the host that the request claims to have asked.
        facts["link"] = absolute(urlsplit(str(context["password_reset_url"])).path)
    if "code" in context:
        facts["code"] = str(context["code"])
    write_letter(template=TEMPLATES[name], to=to, language=language, context=facts | _doors())


def announce(change: str, user: User, *, to: str = "") -> None:
    """Tell somebody what was changed in their account, at the address `to` or at the present one."""
    write_letter(
        template="account_changed",
        to=to or user.email,
        language=user.language,
        context={"name": user.name, "change": change},
    )


def _doors() -> dict[str, str]:
    return {
        "login": absolute(reverse("account_login")),
        "code_login": absolute(reverse("account_request_login_code")),
    }
