"""Secrets of mailed links: the person gets the token, the database keeps its digest."""

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """A fresh token of 256 random bits that fits into an address, and its digest."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """SHA-256 of a token; a random token needs neither salt nor slowness."""
    return hashlib.sha256(token.encode()).hexdigest()
