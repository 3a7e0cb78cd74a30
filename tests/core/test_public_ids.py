"""Public ids and the routes that take them."""

import re

import pytest
from django.urls.converters import get_converters

from tibs.accounts.models import User
from tibs.core.converters import PREFIXES
from tibs.core.public_ids import PublicIdField, new_public_id


def test_id_is_its_prefix_and_sixteen_readable_letters():
    assert re.fullmatch(r"cmp_[0-9a-hjkmnp-tv-z]{16}", new_public_id("cmp"))


def test_ids_do_not_repeat():
    assert len({new_public_id("cmp") for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize("name", PREFIXES)
def test_route_takes_ids_of_its_own_kind_only(name):
    pattern = re.compile(get_converters()[name].regex)
    others = [new_public_id(prefix) for prefix in PREFIXES.values() if prefix != PREFIXES[name]]

    assert pattern.fullmatch(new_public_id(PREFIXES[name]))
    assert not any(map(pattern.fullmatch, others))


@pytest.mark.parametrize(
    "broken", ["cmp_", "cmp_0123456789abcde", "cmp_0123456789abcdefg", "cmp_0123456789ABCDEF"]
)
def test_route_refuses_what_is_no_id(broken):
    assert not re.fullmatch(get_converters()["company"].regex, broken)


def test_converters_give_text_back_unchanged():
    converter = get_converters()["company"]
    identifier = new_public_id("cmp")

    assert converter.to_url(converter.to_python(identifier)) == identifier


def test_field_survives_being_written_to_a_migration():
    field = PublicIdField(prefix="usr")

    _name, path, arguments, options = field.deconstruct()
    again = PublicIdField(*arguments, **options)

    assert path == "tibs.core.public_ids.PublicIdField"
    assert options == {"prefix": "usr"}
    assert (again.max_length, again.unique, again.editable) == (24, True, False)


@pytest.mark.django_db
def test_saved_row_has_an_id_of_its_kind():
    assert User.objects.create_user("ana@example.org", name="Ana").public_id.startswith("usr_")
