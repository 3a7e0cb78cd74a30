"""Text that the database must hold but a copy of it must not tell: sealed with a key that is only in the settings."""

from base64 import urlsafe_b64encode
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class BrokenSealError(ValueError):
    """The text was not sealed here, was changed, or is too old."""


def seal(text: str) -> str:
    """Encrypt and sign `text` with the newest key."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str, *, max_age: timedelta | None = None) -> str:
    """What was sealed with the newest key or an earlier one, no longer than `max_age` ago; raises BrokenSealError."""
    try:
        return (
            _keys().decrypt(sealed.encode(), ttl=int(max_age.total_seconds()) if max_age else None).decode()
        )
    except (InvalidToken, UnicodeError) as error:
        raise BrokenSealError from error


def _keys() -> MultiFernet:
    own = [settings.TIBS_FIELD_KEY] if settings.TIBS_FIELD_KEY else []
    return MultiFernet([_derived(key) for key in [*own, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _derived(secret: str) -> Fernet:
    """A key for this purpose alone, so that it opens nothing else that the secret protects."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tibs.core.sealed").derive(secret.encode())
    return Fernet(urlsafe_b64encode(key))
