"""Reading the parameters of an address strictly: what is misspelt is said, not ignored."""

from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.fields import empty
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


@cache
def fields_of(declared: type[Parameters]) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """The fields of a declaration. Making them costs more than using them, and using them leaves no trace."""
    return dict(declared().fields)


def read(request: Request, declared: type[Parameters]) -> dict[str, Any]:
    """The checked parameters of a request and the usual values of others. ValidationError names all faults."""
    fields = fields_of(declared)
    checked = {name: field.default for name, field in fields.items() if field.default is not empty}
    errors: dict[str, Any] = {}
    for name, values in request.GET.lists():
        try:
            checked[name] = _checked(fields.get(name), values)
        except ValidationError as error:
            errors[name] = error.detail
    if errors:
        raise ValidationError(errors)
    return checked


def _checked(field: serializers.Field[Any, Any, Any, Any] | None, values: list[str]) -> Any:
    if field is None:
        raise ValidationError(_("There is no such parameter."), "unknown")
    if isinstance(field, serializers.ListField):
        return field.run_validation(values)
    if len(values) > 1:
        raise ValidationError(_("This parameter can be given once only."), "repeated")
    return field.run_validation(values[0])
