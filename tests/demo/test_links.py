"""The login links that the demonstration prints."""

import pytest

from tests import factories
from tibs.demo.links import login_path

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.demo.urls")]


def test_a_link_shows_who_would_sign_in_and_its_button_does_it(client):
    ana = factories.person("Ana Nowak")
    path = login_path(ana)

    page = client.get(path)
    assert "Ana Nowak" in page.text
    assert "_auth_user_id" not in client.session, "opening a link signs nobody in: mail scanners open links"

    client.post(path)
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_a_link_works_once(client):
    path = login_path(factories.person())

    client.post(path)
    client.logout()

    assert client.post(path).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path", ["/demo/login/x/y/", "/demo/login/%C5%82/dif-0/", "/demo/login/dXNyX3g/dif7r5-0/"]
)
def test_an_invented_link_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_link_of_somebody_who_may_not_sign_in_is_not_found(client):
    ana = factories.person()
    path = login_path(ana)
    ana.is_active = False
    ana.save()

    assert client.get(path).status_code == 404


def test_mail_is_shown_newest_first_and_an_empty_box_says_what_to_do(client, settings, tmp_path):
    settings.DEMO_MAIL = tmp_path / "mail"
    assert "No mail yet" in client.get("/demo/mail").text

    settings.DEMO_MAIL.mkdir()
    letter = b"Subject: New password\nFrom: a@example.org\nTo: b@example.org\n\nHello\n"
    (settings.DEMO_MAIL / "1.log").write_bytes(letter + b"\n" + b"-" * 79 + b"\n")

    page = client.get("/demo/mail").text
    assert "New password" in page
    assert "b@example.org" in page
