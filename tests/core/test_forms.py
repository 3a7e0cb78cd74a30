"""What forms of every app share."""

from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from companies.models import Company
from matching.models import Agreement
from tibs.core.forms import DayField, fields_of, offer


class Visit(forms.Form):
    day = DayField()
    room = forms.ChoiceField()


@pytest.fixture
def visit():
    return lambda **given: Visit(given)


def test_day_is_read_as_browsers_send_it(visit):
    form = visit(day="2026-03-09", room="")
    form.is_valid()

    assert form.cleaned_data["day"] == date(2026, 3, 9)


def test_day_written_another_way_is_refused(visit):
    form = visit(day="09.03.2026", room="")

    assert "day" in form.errors


def test_only_what_is_offered_can_be_chosen(visit):
    chosen, other = visit(day="2026-03-09", room="a"), visit(day="2026-03-09", room="b")
    for form in (chosen, other):
        offer(form, "room", [("a", "Room A")])

    assert chosen.is_valid()
    assert "room" in other.errors


def test_a_choice_that_is_not_made_is_said_in_the_readers_language():
    fields = fields_of(Agreement, ["type", "value_band"])

    with override("pl"):
        nothing = [str(dict(fields[name].choices)[""]) for name in ("type", "value_band")]

    assert nothing == ["Wybierz", "Nie wiadomo"]


def test_a_row_that_is_not_chosen_is_said_in_the_readers_language():
    fields = fields_of(Company, ["region"])

    with override("de"):
        assert str(fields["region"].empty_label) == "Nicht bekannt"
