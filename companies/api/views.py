"""The list of opportunities, and one of them."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from companies.api import shapes
from companies.api.parameters import OpportunityParameters, narrowed
from companies.choices import Purpose
from companies.models import CooperationProfile, ProfileText
from companies.models.consent import holds
from companies.references import REFERENCE
from tibs.api import kinds, parameters
from tibs.api.conditional import etag_of, unchanged
from tibs.api.pagination import Order
from tibs.api.schema import operation, page_of
from tibs.api.views import PublicApiView

NEWEST_FIRST = Order("newest", ("-published_at", "-pk"))
AS_CHANGED = Order("changed", ("updated_at", "pk"))


class Opportunities(PublicApiView):
    @operation(
        "list_opportunities",
        summary="Published opportunities",
        description=(
            "Newest first. With `updated_since` in the order of their last change, so that a copy can be kept: "
            "ask for everything since a few minutes before you asked last. What is no longer published is not "
            "in the list; ask for single references to find out (404)."
        ),
        answers=page_of(shapes.Opportunity()),
        parameters=[OpportunityParameters],
        tag="opportunities",
    )
    def get(self, request: Request) -> HttpResponse:
        asked = parameters.read(request, OpportunityParameters)
        order = AS_CHANGED if "updated_since" in asked else NEWEST_FIRST
        page = order.page(
            _rows(narrowed(CooperationProfile.objects.published(), asked)),
            asked,
        )
        texts = _texts([row["pk"] for row in page.rows])
        return self.answer_page(
            request, page, [shapes.opportunity(row, texts[row["pk"]]) for row in page.rows]
        )


class Opportunity(PublicApiView):
    @operation(
        "get_opportunity",
        summary="One opportunity",
        description="404 as soon as it is withdrawn, has expired, or the firm took its consent back.",
        answers=shapes.Opportunity(),
        parameters=[OpenApiParameter("reference", str, OpenApiParameter.PATH, pattern=f"^{REFERENCE}$")],
        errors=[kinds.NOT_FOUND],
        tag="opportunities",
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        row = _rows(CooperationProfile.objects.published().filter(reference=reference)).first()
        if row is None:
            raise Http404
        etag = etag_of(*row.values())
        if same := unchanged(request, etag):
            return same
        texts = _texts([row["pk"]])[row["pk"]]
        return self.answer(request, shapes.opportunity(row, texts), etag=etag)


def _rows(profiles: QuerySet[CooperationProfile]) -> QuerySet[CooperationProfile, dict[str, Any]]:
    agreed = Coalesce(holds(Purpose.SYNDICATE), False)
    rows: QuerySet[CooperationProfile, dict[str, Any]] = profiles.annotate(may_be_republished=agreed).values(
        "pk", *shapes.COLUMNS.values()
    )
    return rows


def _texts(profiles: list[int]) -> dict[int, list[dict[str, Any]]]:
    """The texts of the profiles, the original first."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    texts = ProfileText.objects.filter(profile__in=profiles).order_by("-is_original", "language")
    for text in texts.values("profile_id", *shapes.TEXT_COLUMNS):
        found[text["profile_id"]].append(text)
    return found
