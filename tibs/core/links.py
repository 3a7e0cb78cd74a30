"""Addresses in letters, which nobody reads on our pages."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a path of TIBS."""
    return urljoin(settings.TIBS_PUBLIC_URL, path)
