"""Says in words what does not fit before the database refuses it."""

from collections.abc import Collection
from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tibs.core.errors import BadInputError


def refuse_misfits(thing: models.Model, *, exclude: Collection[str] = (), ending: str = "") -> None:
    """Raise BadInputError unless the values and rules of an unsaved `thing` hold.

    `fields` of the error has a sentence for each value that does not fit, under the name of the field and
    `ending`. Nothing is cut or mended.
    """
    problems: dict[str, list[str]] = {}
    for check in (thing.clean_fields, partial(_refuse_long_texts, thing), thing.validate_constraints):
        try:
            check(exclude=set(exclude))
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                problems.setdefault(name, []).extend(messages)
    if problems:
        general = problems.pop(NON_FIELD_ERRORS, [])
        fields = {f"{name}{ending}": " ".join(messages) for name, messages in problems.items()}
        named = _("These values do not fit: %(names)s.") % {"names": ", ".join(fields)} if fields else ""
        raise BadInputError(" ".join([*general, named]).strip(), fields=fields)


def _refuse_long_texts(thing: models.Model, exclude: Collection[str]) -> None:
    """Django asks for the length of a long text in forms only."""
    problems = {
        field.name: ngettext(
            "Please say it in at most %(most)s character.",
            "Please say it in at most %(most)s characters.",
            field.max_length,
        )
        % {"most": localize(field.max_length)}
        for field in thing._meta.concrete_fields
        if isinstance(field, models.TextField)
        and field.max_length
        and field.name not in exclude
        and len(getattr(thing, field.attname) or "") > field.max_length
    }
    if problems:
        raise ValidationError(problems)
