"""Pages whose address may name their language, so that search engines find each of them: `?lang=fi`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from tibs.core.languages import LANGUAGE_CODES

View = Callable[..., HttpResponse]


def asked_language(request: HttpRequest) -> str:
    """The language that the address names; '' where it names none that we speak."""
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGE_CODES else ""


def in_asked_language(view: View) -> View:
    """Answer in the language of the address, else in the reader's own."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = asked_language(request)
        if not language:
            return view(request, *args, **kwargs)
        with override(language):
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = language
            return response

    return answer
