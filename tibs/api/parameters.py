"""Reading the parameters of an address strictly: what is misspelt is said, not ignored."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

MOST_ROWS, USUAL_ROWS = 100, 25


class Flag(serializers.BooleanField):
    """`true` or `false`, and nothing that only looks like it."""

    TRUE_VALUES = {"true"}
    FALSE_VALUES = {"false"}
    NULL_VALUES = set()


class Parameters(serializers.Serializer[Any]):
    """The parameters that an operation takes; a ListField may be repeated, every other one stands once."""


class PageParameters(Parameters):
    limit = serializers.IntegerField(
        min_value=1, max_value=MOST_ROWS, default=USUAL_ROWS, help_text="How many rows a page holds."
    )
    cursor = serializers.CharField(
        max_length=500,
        required=False,
        help_text="Where the page begins: taken from `next` of the page before.",
    )


def read(request: Request, declared: type[Parameters]) -> dict[str, Any]:
    """The checked parameters of a request. ValidationError names all that are wrong."""
    fields = declared().fields
    given: dict[str, Any] = {}
    errors: dict[str, list[ErrorDetail]] = {}
    for name, values in request.GET.lists():
        if name not in fields:
            errors[name] = [ErrorDetail(_("There is no such parameter."), "unknown")]
        elif isinstance(fields[name], serializers.ListField):
            given[name] = values
        elif len(values) > 1:
            errors[name] = [ErrorDetail(_("This parameter can be given once only."), "repeated")]
        else:
            given[name] = values[0]
    checked = declared(data=given)
    if not checked.is_valid() or errors:
        raise ValidationError(checked.errors | errors)
    return dict(checked.validated_data)
