"""Saved views of lists, as people use them."""

import pytest
from django.urls import reverse

from companies.models import SavedView
from tests import factories


@pytest.fixture
def save(client, aleksandra_in_english, polish_company):
    client.force_login(aleksandra_in_english)
    return lambda **data: client.post(
        reverse("saved_views"), {"name": "Late ones", "place": "companies", "query": "step=overdue", **data}
    )


def test_a_view_keeps_the_state_and_leaves_out_what_is_empty(client, save):
    answer = save(query="q=&step=overdue&cols=step&cols=place&cursor=abc")

    assert answer["Location"] == "/companies/?step=overdue&cols=step&cols=place"
    assert "Late ones" in client.get("/companies/").text


def test_the_default_view_opens_first_and_only_without_a_question(client, save):
    save(is_default="on")

    assert client.get("/companies/")["Location"] == "/companies/?step=overdue"
    assert client.get("/companies/?sort=name").status_code == 200
    assert client.get("/pipeline/").status_code == 200


def test_a_second_view_of_one_name_is_explained(save):
    save()

    answer = save()

    assert answer.status_code == 400
    assert "You have a view with this name already." in answer.text


def test_views_are_renamed_shared_and_deleted(client, save):
    save()
    view = SavedView.objects.get()
    address = reverse("saved_view", args=[view.public_id])

    client.post(address, {f"{view.public_id}-name": "Overdue", f"{view.public_id}-is_shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.organisation) == ("Overdue", factories.host("PL"))

    client.post(address, {"delete": "1"})
    assert not SavedView.objects.exists()


def test_a_view_of_somebody_else_is_not_found(client, save, johanna):
    save()
    client.force_login(johanna)

    answer = client.post(reverse("saved_view", args=[SavedView.objects.get().public_id]), {"delete": "1"})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "data", [{"name": ""}, {"name": "x" * 81}, {"place": "admin"}, {"query": "q=" + "x" * 2001}]
)
def test_what_does_not_fit_is_explained(save, data):
    assert save(**data).status_code == 400
