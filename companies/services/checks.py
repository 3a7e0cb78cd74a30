"""Says in words what does not fit before the database refuses it."""

from collections.abc import Collection, Sequence
from functools import cache, partial, reduce
from operator import and_

from django.core.exceptions import NON_FIELD_ERRORS, FieldError, ValidationError
from django.db import models
from django.db.models.functions import Coalesce
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
    for check in (
        partial(_refuse_misfit_values, thing),
        partial(_refuse_long_texts, thing),
        partial(_refuse_broken_rules, thing),
    ):
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


def _refuse_misfit_values(thing: models.Model, exclude: Collection[str]) -> None:
    """As `clean_fields`, which asks the database for each thing that is pointed at, without asking again for those
    that were read from it; the foreign key refuses what is gone since."""
    read = {
        field.name
        for field in thing._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.is_cached(thing)
        and not field.get_limit_choices_to()
        and (known := field.get_cached_value(thing)) is not None
        and not known._state.adding
    }
    thing.clean_fields(exclude={*exclude, *read})


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


def _refuse_broken_rules(thing: models.Model, exclude: Collection[str]) -> None:
    """As `validate_constraints`, which asks the database for each rule, with one question for all of them.

    Only when one is broken are they asked one by one: each says so in its own words.
    """
    left_out = set(exclude)
    rules = [(rule, _what_it_asks(thing, rule, left_out)) for rule in thing._meta.constraints]
    try:
        all_hold = _hold(thing, [condition for _rule, condition in rules if condition])
        for rule, condition in rules:
            if condition is None:
                rule.validate(type(thing), thing, exclude=left_out)
    except (FieldError, ValidationError):
        all_hold = False
    if not all_hold:
        thing.validate_constraints(exclude=left_out)


def _hold(thing: models.Model, conditions: Sequence[models.Q]) -> bool:
    """Whether none of the conditions is false. Only the columns that rules name go into the question."""
    if not conditions:
        return True
    named = _named_by_rules(type(thing))
    values = {
        field.name: models.Value(getattr(thing, field.attname), field)
        for field in thing._meta.concrete_fields
        if field.name in named
    }
    unknown_holds = Coalesce(reduce(and_, conditions), True, output_field=models.BooleanField())
    return models.Q(unknown_holds).check(values)


@cache
def _named_by_rules(model: type[models.Model]) -> frozenset[str]:
    conditions = (getattr(rule, "condition", None) for rule in model._meta.constraints)
    return frozenset(
        name for condition in conditions if condition for name in models.Q(condition).referenced_base_fields
    )


def _what_it_asks(thing: models.Model, rule: models.BaseConstraint, exclude: set[str]) -> models.Q | None:
    """The condition under which the rule holds; empty if it speaks of a field that is left out, so that it holds
    anyway; None if only Django can ask for it."""
    if not isinstance(rule, models.CheckConstraint | models.UniqueConstraint):
        return None
    condition = models.Q(rule.condition) if rule.condition else models.Q()
    if condition.referenced_base_fields & exclude:
        return models.Q()
    if isinstance(rule, models.CheckConstraint):
        return condition
    if not rule.fields or rule.nulls_distinct is False:
        return None
    fields = [field for field in thing._meta.concrete_fields if field.name in rule.fields]
    values = {field.name: getattr(thing, field.attname) for field in fields}
    if None in values.values() or values.keys() & exclude:
        return models.Q()
    same = type(thing)._default_manager.filter(condition, **values)
    if not thing._state.adding:
        same = same.exclude(pk=thing.pk)
    return ~(condition & models.Q(models.Exists(same)))
