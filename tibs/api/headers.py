"""Headers of answers."""

from collections.abc import Mapping

from django.http.response import HttpResponseBase


def add(answer: HttpResponseBase, headers: Mapping[str, str]) -> None:
    """Set several headers of an answer."""
    for name, value in headers.items():
        answer.headers[name] = value
