"""Holds answers against the description of the API: no field may be missing, wrong or undocumented."""

from copy import deepcopy
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from tibs.api.description import document
from tibs.api.problems import CONTENT_TYPE


@cache
def closed_components() -> dict[str, Any]:
    """The shapes, with every field that they do not name forbidden."""
    components = deepcopy(document()["components"])
    for shape in components["schemas"].values():
        if shape.get("type") == "object":
            shape["additionalProperties"] = False
    return components


@cache
def validator(shape: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{shape}", "components": closed_components()})


def assert_fits(data: Any, shape: str) -> None:
    faults = [f"{fault.json_path}: {fault.message}" for fault in validator(shape).iter_errors(data)]
    assert not faults, "\n".join(faults)


def assert_problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The answer is a problem document of this kind; returns it."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, CONTENT_TYPE), answer.content
    problem: dict[str, Any] = answer.json()
    assert_fits(problem, "Problem")
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    return problem
