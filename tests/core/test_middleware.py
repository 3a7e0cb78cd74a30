"""What every request passes through."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tibs.accounts.models import User
from tibs.core.middleware import WriteWhileReadingError

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.urls")]

CHANGES = [
    "INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b')",
    "update django_content_type set model = lower(model)",
    "DELETE FROM django_content_type WHERE model = 'nothing'",
    "WITH new AS (INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b') RETURNING 1) SELECT 1",
]


@pytest.mark.parametrize("sql", CHANGES)
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_request_cannot_change_the_database(client, method, sql):
    with pytest.raises(WriteWhileReadingError, match="django_content_type"):
        getattr(client, method)("/execute", headers={"X-Sql": sql})


@pytest.mark.parametrize("sql", CHANGES)
def test_post_may_change_the_database(client, sql):
    assert client.post("/execute", headers={"X-Sql": sql}).content == b"done"


def test_reading_request_cannot_write_many_rows(client):
    sql = "INSERT INTO django_content_type (app_label, model) VALUES (%s, 'x')"

    with pytest.raises(WriteWhileReadingError):
        client.get("/execute", headers={"X-Sql": sql, "X-Many": "yes"})


def test_reading_request_cannot_save_a_model(client):
    with pytest.raises(WriteWhileReadingError, match="accounts_user"):
        client.get("/save")


def test_reading_request_may_write_what_tells_who_read(client):
    sql = "DELETE FROM django_session"

    assert client.get("/execute", headers={"X-Sql": sql}).content == b"done"


def test_guard_ends_with_the_request(client):
    with pytest.raises(WriteWhileReadingError):
        client.get("/execute", headers={"X-Sql": CHANGES[0]})

    User.objects.create_user("bram@example.org", name="Bram")


@pytest.mark.parametrize(
    "address", ["/health/live?q=%00", "/health/live?%00=q", "/health/live%00", "/language/?next=/%00"]
)
def test_nul_in_an_address_is_refused(client, address):
    assert client.get(address).status_code == 400


def test_nul_in_a_form_is_refused(client):
    assert client.post("/echo", {"name": "a\x00b"}).status_code == 400
    assert client.post("/echo", "name=a%00b", "application/x-www-form-urlencoded").status_code == 400


def test_nul_in_a_cookie_is_refused(client):
    client.cookies["tibs_session"] = "\x00" * 10

    assert client.get("/health/live").status_code == 400


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800", "\\uDFFF", "a\\uD800b"])
@pytest.mark.parametrize("body", ['{"name": "%s"}', '{"%s": 1}', '[{"a": ["%s"]}]', '"%s"'])
def test_json_that_cannot_be_stored_is_refused(client, body, text):
    answer = client.post("/echo-body", body % text, content_type="application/json")

    assert answer.status_code == 400


def test_json_that_is_nested_too_deeply_is_refused(client):
    answer = client.post("/echo-body", "[" * 200_000, content_type="application/json")

    assert answer.status_code == 400


@pytest.mark.parametrize("body", ['{"name": "žąsis \\ud83d\\ude00"}', "{", "", "\xff"])
def test_other_json_reaches_the_view_as_it_was_sent(client, body):
    answer = client.post("/echo-body", body.encode("latin-1", "replace"), content_type="application/json")

    assert answer.status_code == 200
    assert answer.content == body.encode("latin-1", "replace")


def test_upload_is_read_once_and_reaches_the_view(client):
    file = SimpleUploadedFile("list.csv", b"x" * 3_000_000)

    answer = client.post("/echo", {"name": "Łódź", "file": file})

    assert answer.json() == {"post": {"name": "Łódź"}, "files": {"file": 3_000_000}}


def test_body_of_another_kind_is_not_read(client):
    class Unreadable:
        def read(self, *args):
            raise AssertionError("the guard read the body")

    request = RequestFactory().put("/", b"x", content_type="text/csv")
    request._stream = Unreadable()

    from tibs.core.storable import is_storable

    assert is_storable(request)


@pytest.mark.parametrize("path", ["/health/live", "/nowhere", "/fail", "/language/", "/health/live?q=%00"])
def test_every_answer_carries_the_content_policy_and_a_request_id(client, path):
    client.raise_request_exception = False

    answer = client.get(path)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-Id"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_redirect_to_https_carries_both_too(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    answer = client.get("/language/")

    assert answer.status_code == 301
    assert {"Content-Security-Policy", "X-Request-Id"} <= answer.headers.keys()


def test_two_requests_have_two_ids(client):
    first, second = client.get("/health/live"), client.get("/health/live")

    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]


def test_error_answer_tells_nothing_of_the_error(client):
    client.raise_request_exception = False

    answer = client.get("/fail")

    assert answer.status_code == 500
    assert b"nobody expected this" not in answer.content
    assert b"Traceback" not in answer.content


def test_answer_stays_readable_json(client):
    assert json.loads(client.get("/health/live").content) == {"status": "ok"}
