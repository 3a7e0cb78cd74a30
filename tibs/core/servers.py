"""Addresses of servers, from one environment variable each to what Django and Celery want."""

from typing import Any
from urllib.parse import urlsplit


def numbered(redis_url: str, number: int) -> str:
    """The same Redis or Valkey server with another database number."""
    parts = urlsplit(redis_url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={number}"
    return parts._replace(path=f"/{number}").geturl()


def celery_url(redis_url: str) -> str:
    """Database 0 of the server in the form that Celery's transport reads."""
    parts = urlsplit(redis_url)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host=0"
    return numbered(redis_url, 0)


def mailer(parsed: dict[str, Any]) -> dict[str, Any]:
    """An entry of MAILERS from a parsed mail URL (`smtps://user:password@host:465`, `console:`)."""
    options = {
        "host": parsed.get("EMAIL_HOST"),
        "port": parsed.get("EMAIL_PORT"),
        "username": parsed.get("EMAIL_HOST_USER"),
        "password": parsed.get("EMAIL_HOST_PASSWORD"),
        "use_tls": parsed.get("EMAIL_USE_TLS"),
        "use_ssl": parsed.get("EMAIL_USE_SSL"),
        "timeout": parsed.get("EMAIL_TIMEOUT") or 10,
    }
    backend = parsed.get("EMAIL_BACKEND", "")
    is_smtp = backend.endswith("smtp.EmailBackend")
    return (
        {"BACKEND": backend, "OPTIONS": {k: v for k, v in options.items() if v}}
        if is_smtp
        else {"BACKEND": backend}
    )
