"""Addresses of servers, from one environment variable each to what Django and Celery want."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit


def numbered(redis_url: str, number: int) -> str:
    """The same Redis or Valkey server with another database number."""
    parts = urlsplit(redis_url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={number}"
    return parts._replace(path=f"/{number}").geturl()


def celery_url(redis_url: str) -> str:
    """The same address in the form that Celery's transport reads; other brokers' stay as they are."""
    parts = urlsplit(redis_url)
    if parts.scheme == "unix":
        number = dict(parse_qsl(parts.query)).get("db", "0")
        return f"redis+socket://{parts.path}?virtual_host={number}"
    return redis_url


def cache_options(redis_url: str) -> dict[str, float]:
    """Seconds after which the cache gives up, so that a server that hangs does not hang the pages."""
    connecting = {} if urlsplit(redis_url).scheme == "unix" else {"socket_connect_timeout": 0.5}
    return {"socket_timeout": 1, **connecting}


# Milliseconds, by the kind of process: for one statement, for waiting for a lock, and for a transaction that does
# nothing. A page that asks for longer is broken; migrations and commands may take their time.
_LIMITS = {
    "web": {"statement_timeout": 5_000, "lock_timeout": 2_000, "idle_in_transaction_session_timeout": 30_000},
    # A part of a matching is computed inside its transaction, so that it is stored once or not at all.
    "worker": {
        "statement_timeout": 60_000,
        "lock_timeout": 2_000,
        "idle_in_transaction_session_timeout": 120_000,
    },
}


def session_limits(process: str) -> str:
    """What PostgreSQL is told for every connection of a process of that kind (`web`, `worker`, or '' for others)."""
    limits = _LIMITS.get(process, {})
    return " ".join(f"-c {name}={value}" for name, value in limits.items())


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
