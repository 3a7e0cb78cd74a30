"""Every error of the API is a problem document, whoever made it."""

import json
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError

from regions.api.views import Regions
from tests.api.contract import assert_problem
from tibs.api import kinds
from tibs.api.problems import problem

REGIONS = "/api/v1/regions/"
REFUSED = [
    ("/api/v1/regions/?q=%00", {}, 400, "bad_request"),
    ("/api/v1/regions/?limit=0", {}, 400, "invalid_parameters"),
    ("/api/v1/regions/?cursor=x", {}, 400, "invalid_cursor"),
    ("/api/v1/profiles/prf_0123456789abcdef/matches/", {}, 401, "authentication_required"),
    ("/api/v1/nothing/", {}, 404, "not_found"),
    ("/api/v1/profiles/cmp_0123456789abcdef/matches/", {}, 404, "not_found"),
    ("/api/nothing", {}, 404, "not_found"),
    ("/api/problems/nothing", {}, 404, "not_found"),
    (REGIONS, {"Accept": "application/xml"}, 406, "not_acceptable"),
    (REGIONS, {"If-Match": '"other"'}, 412, "precondition_failed"),
    (REGIONS, {"Host": "elsewhere.example"}, 400, "bad_request"),
]


@pytest.fixture
def broken(monkeypatch):
    """A fault of ours in a view; the client answers as a server does."""

    def break_with(error, client):
        def fail(*_args, **_kwargs):
            raise error

        monkeypatch.setattr(Regions, "get", fail)
        client.raise_request_exception = False
        return client

    return break_with


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "headers", "status", "code"), REFUSED)
def test_what_is_refused_gets_a_problem_document(client, address, headers, status, code):
    answer = client.get(address, headers=headers)

    assert_problem(answer, status, code)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", [REGIONS, "/api/v1/profiles/prf_0123456789abcdef/matches/"])
def test_writing_is_refused_with_the_methods_that_work(client, method, address):
    answer = getattr(client, method)(address)

    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_fault_of_ours_tells_a_reference_and_nothing_else(client, broken):
    answer = broken(RuntimeError("secret"), client).get(REGIONS)

    assert assert_problem(answer, 500, "server_error")["request_id"]
    assert b"secret" not in answer.content


def test_a_lost_database_is_a_problem_document_too(client, broken):
    answer = broken(OperationalError("secret"), client).get(REGIONS)

    assert answer.status_code in {500, 503}
    assert_problem(answer, answer.status_code, kinds.of_status(answer.status_code).code)


def test_plain_http_is_refused_and_not_redirected(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    answer = client.get(REGIONS)

    assert_problem(answer, 403, "secure_connection_required")


@pytest.mark.django_db
def test_codes_are_the_same_in_every_language(client):
    problems = {
        language: client.get("/api/v1/regions/?limit=no", headers={"Accept-Language": language})
        for language in ("en", "pl")
    }

    english, polish = (answer.json() for answer in problems.values())
    assert problems["pl"].headers["Content-Language"] == "pl"
    assert (english["type"], english["errors"][0]["code"]) == (polish["type"], polish["errors"][0]["code"])
    assert english["errors"][0]["detail"] != polish["errors"][0]["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", kinds.KINDS.values(), ids=lambda kind: kind.code)
def test_every_type_leads_to_a_page_that_helps(client, kind):
    address = json.loads(problem(kind).content)["type"]

    answer = client.get(urlsplit(address).path)

    assert answer.status_code == 200
    assert str(kind.help) in answer.content.decode().replace("&quot;", '"')


def test_every_status_has_a_kind_of_its_class():
    wrong = [status for status in range(400, 600) if kinds.of_status(status).status // 100 != status // 100]

    assert wrong == []
