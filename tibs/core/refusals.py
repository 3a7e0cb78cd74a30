"""Refusals as people see them: a page with the sentence of the error, or the sentence at the field of a form."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tibs.core.errors import DomainError, NotAllowedError


class RefusalPages:
    """Middleware: a refusal that no view turned into something better is a page, never a fault of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403 for what somebody may not do, 400 for other refusals; None leaves real faults alone."""
        if isinstance(exception, NotAllowedError):
            return render(request, "403.html", {"reason": exception.message}, status=403)
        if isinstance(exception, DomainError):
            return render(request, "400.html", {"reason": exception.message}, status=400)
        return None


def show_in(form: BaseForm, error: DomainError) -> None:
    """Put a refusal into a form: at its fields where it names some, else above all of them."""
    for field, sentence in error.fields.items():
        form.add_error(field, str(sentence))
    if not error.fields:
        form.add_error(None, str(error))
