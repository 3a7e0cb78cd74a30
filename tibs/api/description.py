"""The OpenAPI document, served."""

from functools import cache
from typing import Any

from django.http import HttpResponse
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from tibs.api.schema import Generator
from tibs.api.views import PublicApiView

RENDERERS = (OpenApiYamlRenderer2, OpenApiJsonRenderer2, OpenApiJsonRenderer)


@cache
def document() -> dict[str, Any]:
    """The description of the API; made once, because only a release changes it."""
    schema: dict[str, Any] = Generator().get_schema(public=True)  # type: ignore[no-untyped-call]
    return schema


@cache
def rendered(media_type: str) -> bytes:
    """The document as a file of that type, which takes longer than making it."""
    renderer = next(renderer for renderer in RENDERERS if renderer.media_type == media_type)
    written: bytes = renderer().render(document(), renderer_context={})
    return written


class Description(PublicApiView):
    """YAML unless JSON is asked for."""

    renderer_classes = RENDERERS

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        media_type = request.accepted_renderer.media_type
        return self.answer_body(request, rendered(media_type), media_type)
