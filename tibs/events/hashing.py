"""Canonical forms and hashes of the audit trail."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC
from decimal import Decimal
from typing import Any

from tibs.events.models import AuditRecord

FIRST = "0" * 64


def new_salt() -> str:
    return secrets.token_hex(32)


def detail_hash(salt: str, values: Mapping[str, Any]) -> str:
    """SHA-256 over salt and values; without the salt the values cannot be guessed from it."""
    return _digest(salt, _canonical(values))


def seal_hash(previous: str, records: Iterable[AuditRecord]) -> str:
    """SHA-256 over the hash before and the canonical form of each record, in order of their ids."""
    return _digest(previous, *(_canonical(_content(record)) for record in records))


def _content(record: AuditRecord) -> dict[str, Any]:
    names = (
        "id", "event", "actor_kind", "actor_id", "subject_type", "subject_id", "company_id", "fields", "facts",
        "detail_hash", "request_id",
    )  # fmt: skip
    return {name: getattr(record, name) for name in names} | {"at": record.at.astimezone(UTC).isoformat()}


def _canonical(value: Any) -> str:
    return json.dumps(_as_stored(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _as_stored(value: Any) -> Any:
    """The value as PostgreSQL gives it back from a `jsonb` column, where 1e16 has become a whole number."""
    if isinstance(value, Mapping):
        return {str(name): _as_stored(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_as_stored(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(Decimal(repr(value)))
    return value


def _digest(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()
