"""Every model says what it is, in words that people read in eight languages."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.utils.functional import Promise
from modeltranslation.fields import TranslationField

from tests.architecture.judging import judge
from tests.architecture.sources import PRODUCT, ROOT

MOMENT = re.compile(r"(^at|_at|_until)$")
DAY = re.compile(r"(_date|_from|_until)$")


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PRODUCT]


def our_fields() -> Iterator[tuple[str, models.Field]]:
    """`app.Model.field` of what we declared ourselves: no column of a single language, none of Django's own."""
    for model in our_models():
        inherited = {
            field.name
            for base in model.__mro__
            if base.__module__.split(".")[0] not in PRODUCT and hasattr(base, "_meta")
            for field in base._meta.local_fields
        }
        for field in model._meta.get_fields():
            made = (
                not isinstance(field, models.Field)
                or field.auto_created
                or isinstance(field, TranslationField)
            )
            if not made and field.name not in inherited:
                yield f"{model._meta.label}.{field.name}", field


def is_lower_case(words: object) -> bool:
    """Starts with a small letter, or with an abbreviation or a name in capitals (NACE code, S3 domain)."""
    first = str(words).split()[0]
    return first == first.lower() or any(letter.isupper() or letter.isdigit() for letter in first[1:])


def test_models_say_what_they_are():
    breaches = {
        model._meta.label: "has no docstring"
        for model in our_models()
        if (model.__doc__ or "").startswith(f"{model.__name__}(") or not model.__doc__
    }

    judge("model docstrings", breaches, mend="Say what it is to the people who use it.")


def test_models_have_a_name_for_people():
    breaches = {}
    for model in our_models():
        for attribute in ("verbose_name", "verbose_name_plural"):
            words = getattr(model._meta, attribute)
            if not isinstance(words, Promise) or not is_lower_case(words):
                breaches[f"{model._meta.label}.Meta.{attribute}"] = (
                    f"{words!r} is not translatable and lower case"
                )

    judge("model names", breaches, mend='verbose_name = _("host organisation") in Meta.')


def test_models_can_be_shown():
    breaches = {
        model._meta.label: "has no __str__" for model in our_models() if model.__str__ is models.Model.__str__
    }

    judge("model __str__", breaches, mend="Return what a person would call it.")


def test_fields_have_a_name_for_people():
    breaches = {
        place: f"{field.verbose_name!r} is not translatable and lower case"
        for place, field in our_fields()
        if not (isinstance(field.verbose_name, Promise) and is_lower_case(field.verbose_name))
    }

    judge("field names", breaches, mend='models.CharField(_("name"), …); relations take verbose_name=_("…").')


def test_choices_are_translatable():
    own_names = dict(settings.LANGUAGES)
    breaches = {
        place: f"{label!r} is not translatable"
        for place, field in our_fields()
        for code, label in field.flatchoices
        if code not in own_names and not isinstance(label, Promise)
    }

    judge("choices", breaches, mend="Give labels with gettext_lazy; codes stay neutral.")


def test_moments_and_days_are_named_alike():
    breaches = {}
    for place, field in our_fields():
        if isinstance(field, models.DateTimeField) and not MOMENT.search(field.name):
            breaches[place] = "is a moment: name it …_at (or …_until where something ends)"
        elif type(field) is models.DateField and not DAY.search(field.name):
            breaches[place] = "is a day: name it …_date (or …_from, …_until for a period)"

    judge("date names", breaches, mend="Rename the field, or give the reason in exceptions.toml.")


def test_constraints_have_a_sentence():
    breaches = {}
    for model in our_models():
        for constraint in model._meta.constraints:
            words = constraint.violation_error_message
            if not isinstance(words, Promise) or words == constraint.default_violation_error_message:
                breaches[f"{model._meta.label}:{constraint.name}"] = (
                    "has no translated violation_error_message"
                )

    judge("constraints", breaches, mend="A person may read it: say which rule was broken.")


def test_nothing_is_ordered_unless_asked():
    breaches = {model._meta.label: "has Meta.ordering" for model in our_models() if model._meta.ordering}

    judge("ordering", breaches, mend="Order where the list is made; an implicit ORDER BY costs every query.")


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_migrations_are_named():
    breaches = {
        path.relative_to(ROOT).as_posix(): "has the name that the command invented"
        for package in PRODUCT
        for path in (ROOT / package).rglob("migrations/0*.py")
        if "_auto_" in path.name or len(path.name) > 60
    }

    judge("migration names", breaches, mend="makemigrations --name says_what_changes")
