"""A refusal reaches the reader in words."""

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from tibs.core.errors import BadInputError, NotAllowedError
from tibs.core.refusals import show_in
from tibs.urls import urlpatterns as real_urlpatterns


@login_not_required
def refuse(request, kind):
    raise {"rights": NotAllowedError("Only brokers may."), "input": BadInputError("Too long.")}[kind]


urlpatterns = [*real_urlpatterns, path("refuse/<str:kind>", refuse)]


@pytest.mark.urls(__name__)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "status", "words"), [("rights", 403, "Only brokers"), ("input", 400, "Too long")]
)
def test_a_refusal_that_no_view_handles_is_a_page(client, kind, status, words):
    response = client.get(f"/refuse/{kind}")

    assert response.status_code == status
    assert words in response.text


class WishForm(forms.Form):
    text = forms.CharField()


def test_a_refusal_stands_at_its_field():
    form = WishForm({"text": "x"})

    show_in(form, BadInputError("No.", fields={"text": "Say more."}))

    assert form.errors == {"text": ["Say more."]}


def test_a_refusal_without_fields_stands_above_the_form():
    form = WishForm({"text": "x"})

    show_in(form, BadInputError("No."))

    assert form.non_field_errors() == ["No."]
