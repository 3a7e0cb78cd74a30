"""Says in words what does not fit before the database refuses it."""

from collections.abc import Collection

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from tibs.core.errors import BadInputError


def refuse_misfits(thing: models.Model, *, exclude: Collection[str] = (), ending: str = "") -> None:
    """Raise BadInputError unless the values and rules of an unsaved `thing` hold.

    `fields` of the error has a sentence for each value that does not fit, under the name of the field and
    `ending`. Nothing is cut or mended.
    """
    problems: dict[str, list[str]] = {}
    for check in (thing.clean_fields, thing.validate_constraints):
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
