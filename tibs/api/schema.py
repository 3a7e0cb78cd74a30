"""How operations describe themselves in the OpenAPI document. Machines and programmers read it, in English."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from tibs.api import kinds
from tibs.api.kinds import Kind
from tibs.api.parameters import Parameters
from tibs.api.problems import CONTENT_TYPE

type Shape = serializers.BaseSerializer[Any]

ALWAYS = (
    kinds.BAD_REQUEST,
    kinds.NOT_ACCEPTABLE,
    kinds.PRECONDITION_FAILED,
    kinds.TOO_MANY_REQUESTS,
    kinds.SERVER_ERROR,
    kinds.UNAVAILABLE,
)
_HEADERS = [
    OpenApiParameter(name, str, OpenApiParameter.HEADER, description=text, response=[200])
    for name, text in (
        ("ETag", "The version of this answer; send it back in If-None-Match."),
        ("RateLimit", "What is left of the limit, and the seconds until it begins anew."),
        ("RateLimit-Policy", "The limit: requests, and the seconds that they are counted over."),
        ("X-Request-Id", "Names this request in our logs."),
    )
]
SIGNED_IN = (kinds.AUTHENTICATION_REQUIRED, kinds.NOT_ALLOWED)


class Generator(SchemaGenerator):
    """The same document for every reader, whatever the language of the request."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        with override(settings.LANGUAGE_CODE):
            return super().get_schema(request, public)  # type: ignore[no-untyped-call]


class ParameterError(serializers.Serializer[Any]):
    parameter = serializers.CharField(help_text="The name of the parameter.")
    code = serializers.CharField(help_text="What is wrong, for machines; never translated.")
    detail = serializers.CharField(help_text="What is wrong, in the language of the request.")


class Problem(serializers.Serializer[Any]):
    """What went wrong, as RFC 9457 has it."""

    type = serializers.URLField(
        help_text="The kind of problem; the address leads to a page that explains it."
    )
    title = serializers.CharField(help_text="The kind of problem, in the language of the request.")
    status = serializers.IntegerField(help_text="The HTTP status of the answer.")
    detail = serializers.CharField(help_text="What can be done, in the language of the request.")
    code = serializers.ChoiceField(
        choices=[(kind.code, kind.title) for kind in kinds.KINDS.values()],
        help_text="The kind, for machines.",
    )
    request_id = serializers.CharField(help_text="Names this request in our logs; also in X-Request-Id.")
    errors = ParameterError(  # type: ignore[assignment]  # the metaclass takes the field off the class
        many=True, required=False, help_text="What is wrong with single parameters."
    )


def page_of(shape: Shape) -> Shape:
    """A page of a list of `shape`."""
    return inline_serializer(
        f"{type(shape).__name__}Page",
        {
            "items": type(shape)(many=True),
            "next": serializers.URLField(
                allow_null=True, help_text="The address of the next page; null on the last."
            ),
        },
    )


def operation(
    name: str,
    *,
    summary: str,
    answers: Shape,
    tag: str,
    description: str = "",
    parameters: Sequence[type[Parameters] | OpenApiParameter] = (),
    errors: Sequence[Kind] = (),
) -> Callable[[Any], Any]:
    """Describe a reading operation: what it takes, its answer, and each error that it may answer with."""
    responses: dict[Any, Any] = {
        200: answers,
        304: OpenApiResponse(description="You have this version already."),
    }
    for kind in sorted((*ALWAYS, *errors), key=attrgetter("status")):
        responses[kind.status, CONTENT_TYPE] = OpenApiResponse(Problem, description=_english(kind))
    return extend_schema(
        operation_id=name,
        summary=summary,
        description=description,
        parameters=[*parameters, *_HEADERS],
        responses=responses,
        tags=[tag],
    )


def writing(
    name: str,
    *,
    summary: str,
    takes: Shape,
    answers: Shape,
    tag: str,
    description: str = "",
    errors: Sequence[Kind] = (),
) -> Callable[[Any], Any]:
    """Describe an operation that takes something in: what it takes, its answer, and its errors."""
    responses: dict[Any, Any] = {201: answers}
    kinds_of_errors = {*ALWAYS, *SIGNED_IN, kinds.TOO_LARGE, kinds.UNSUPPORTED_MEDIA_TYPE, *errors}
    for kind in sorted(kinds_of_errors - {kinds.PRECONDITION_FAILED}, key=attrgetter("status", "code")):
        responses.setdefault(
            (kind.status, CONTENT_TYPE), OpenApiResponse(Problem, description=_english(kind))
        )
    key = OpenApiParameter(
        "Idempotency-Key",
        str,
        OpenApiParameter.HEADER,
        required=True,
        description="A random text of your own for this request; repeat it with the request.",
    )
    return extend_schema(
        operation_id=name,
        summary=summary,
        description=description,
        request=takes,
        parameters=[key],
        responses=responses,
        tags=[tag],
    )


def _english(kind: Kind) -> str:
    with override(settings.LANGUAGE_CODE):
        return str(kind.title)
