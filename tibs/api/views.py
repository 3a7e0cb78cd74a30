"""What the views of the API have in common."""

from typing import Any

from django.http import HttpResponse
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tibs.api import headers, limits
from tibs.api.conditional import etag_of, unchanged
from tibs.api.limits import Allowance
from tibs.api.pagination import Page
from tibs.api.problems import TooManyRequests


class ApiView(APIView):
    """A reading view: counted, in JSON, for signed-in people unless a subclass opens it.

    Answers are built from plain values; serializers only describe them, because running them costs most of the
    time of a list. Tests hold both together.
    """

    http_method_names = ["get", "head", "options"]
    cache_control = "no-store"
    allowance: Allowance | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if str(request.method).lower() not in self.http_method_names:
            self.http_method_not_allowed(request)
        self.allowance = limits.count(request)
        if self.allowance and self.allowance.is_exceeded:
            raise TooManyRequests(self.allowance.seconds)
        super().initial(request, *args, **kwargs)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What a browser asks before it reads from another site."""
        return Response(status=204)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code < 400:
            answer.headers["Cache-Control"] = self.cache_control
        if self.allowance:
            if answer.status_code == 304:
                self.allowance = limits.give_back(self.allowance)
            headers.add(answer, self.allowance.headers)
        return answer

    def answer(self, request: Request, data: Any, *, etag: str = "") -> HttpResponse:
        """`data` as JSON with an entity tag; nothing but the tag for a reader who has it already."""
        return self.answer_body(request, JSONRenderer().render(data), "application/json", etag=etag)

    def answer_body(
        self, request: Request, body: bytes, content_type: str, *, etag: str = ""
    ) -> HttpResponse:
        etag = etag or etag_of(body)
        return unchanged(request, etag) or HttpResponse(
            body, content_type=content_type, headers={"ETag": etag}
        )

    def answer_page(self, request: Request, page: Page[Any], items: list[Any]) -> HttpResponse:
        """A page of a list: `items`, and the address of the next page in body and Link header."""
        url = page.next_url(request)
        answer = self.answer(request, {"items": items, "next": url})
        if url:
            answer.headers["Link"] = f'<{url}>; rel="next"'
        return answer


class WritingApiView(ApiView):
    """A view that takes JSON in."""

    http_method_names = ["post", "options"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.content_type.partition(";")[0].strip() != "application/json":
            raise UnsupportedMediaType(request.content_type)


class PublicApiView(ApiView):
    """A view for everybody: it does not even look who asks, so that all get the same and caches may share it."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    cache_control = "no-cache"
