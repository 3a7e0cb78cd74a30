"""The description of the API is committed, true and complete."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from tests.routes import existing
from tibs.api.description import document
from tibs.api.problems import CONTENT_TYPE
from tibs.api.schema import Generator

COMMITTED = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
PATHS = document()["paths"]
OPERATIONS = {path: methods["get"] for path, methods in PATHS.items() if "get" in methods}
WRITING = {path: methods["post"] for path, methods in PATHS.items() if "post" in methods}


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_committed_file_is_what_the_code_says(language):
    with override(language):
        generated = OpenApiYamlRenderer().render(Generator().get_schema(public=True))

    assert COMMITTED.read_bytes() == generated, (
        "./run manage spectacular --validate --fail-on-warn --file docs/openapi.yaml"
    )


def test_the_description_is_valid_openapi_3_1():
    validate_schema(document())

    assert document()["openapi"].startswith("3.1")


def test_every_route_of_the_api_is_described():
    routes = {route.path for route in existing().values() if route.path.startswith("/api/v1/")}

    described = {path.replace("{", "<").replace("}", ">") for path in PATHS}
    plain = {
        path.replace("<reference:", "<").replace("<profile:", "<") for path in routes - {"/api/v1/schema"}
    }
    assert described == plain


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_operation_describes_its_errors(path):
    answers = OPERATIONS[path]["responses"]

    errors = {status: answer for status, answer in answers.items() if status >= "400"}
    assert {"400", "406", "412", "429", "500", "503"} <= errors.keys()
    assert ("404" in errors) == ("{" in path)
    assert all(
        answer["content"][CONTENT_TYPE]["schema"] == {"$ref": "#/components/schemas/Problem"}
        for answer in errors.values()
    )


@pytest.mark.parametrize("path", WRITING)
def test_every_writing_operation_needs_a_key_and_describes_its_errors(path):
    operation = WRITING[path]

    assert operation["security"] == [{"key": []}]
    assert {"201", "400", "401", "403", "409", "413", "415", "422", "429"} <= operation["responses"].keys()
    assert "Idempotency-Key" in {p["name"] for p in operation["parameters"] if p.get("required")}


@pytest.mark.parametrize("path", OPERATIONS)
def test_only_matches_ask_who_you_are(path):
    is_public = {} in OPERATIONS[path]["security"]

    assert is_public == ("/matches/" not in path)


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [("*/*", "application/yaml"), ("application/json", "application/json")],
)
def test_the_description_is_served_to_everybody(client, accept, content_type):
    answer = client.get("/api/v1/schema", headers={"Accept": accept})

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == content_type
    assert accept != "*/*" or answer.content == COMMITTED.read_bytes()
