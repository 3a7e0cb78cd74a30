"""Lists of reference data."""

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from regions import models
from regions.api import shapes
from regions.api.shapes import NAME_COLUMNS, names_in
from regions.models.region import RegionLevel
from tibs.api import parameters
from tibs.api.pagination import Order
from tibs.api.parameters import Flag, PageParameters
from tibs.api.schema import operation, page_of
from tibs.api.views import PublicApiView

BY_CODE = Order("code", ("code",))


class ReferenceView(PublicApiView):
    """Reference data changes with releases, so whoever passes it on may keep it for an hour."""

    cache_control = "public, max-age=3600"


class ReferenceParameters(PageParameters):
    active = Flag(required=False, help_text="Only what is valid now, or only what no longer is.")


class RegionParameters(ReferenceParameters):
    country = serializers.RegexField(r"^[A-Z]{2}$", required=False, help_text="ISO 3166-1 alpha-2.")
    level = serializers.ChoiceField(choices=RegionLevel.choices, required=False)
    parent = serializers.RegexField(  # type: ignore[assignment]  # the metaclass takes it off the class
        r"^[A-Z]{2}[0-9A-Z]{1,3}$", required=False, help_text="Only regions directly inside this one."
    )


class Countries(ReferenceView):
    @operation(
        "list_countries",
        summary="Countries in which the network works",
        description="With the main language and the time zone of each.",
        answers=page_of(shapes.Country()),
        parameters=[ReferenceParameters],
        tag="reference data",
    )
    def get(self, request: Request) -> HttpResponse:
        asked = parameters.read(request, ReferenceParameters)
        rows = models.Country.objects.filter(**_wanted(asked, active="active"))
        page = BY_CODE.page(
            rows.values("code", "default_language", "time_zone", "active", *NAME_COLUMNS),
            asked,
        )
        items = [
            {
                "code": row["code"],
                "names": names_in(row),
                "language": row["default_language"],
                "time_zone": row["time_zone"],
                "active": row["active"],
            }
            for row in page.rows
        ]
        return self.answer_page(request, page, items)


class Regions(ReferenceView):
    @operation(
        "list_regions",
        summary="Regions (NUTS 1 to 3) of these countries",
        description="Codes of the 2024 version, and older ones that were replaced.",
        answers=page_of(shapes.Region()),
        parameters=[RegionParameters],
        tag="reference data",
    )
    def get(self, request: Request) -> HttpResponse:
        asked = parameters.read(request, RegionParameters)
        wanted = _wanted(asked, active="active", country="country_id", level="level", parent="parent_id")
        columns = ("code", "nuts_version", "level", "country_id", "parent_id", "replaced_by_id", "active")
        page = BY_CODE.page(
            models.Region.objects.filter(**wanted).values(*columns, *NAME_COLUMNS),
            asked,
        )
        items = [
            {column.removesuffix("_id"): row[column] for column in columns} | {"names": names_in(row)}
            for row in page.rows
        ]
        return self.answer_page(request, page, items)


class Domains(ReferenceView):
    @operation(
        "list_domains",
        summary="Smart specialisation domains",
        description="With the branches of NACE Rev. 2.1 that belong to each.",
        answers=page_of(shapes.Domain()),
        parameters=[ReferenceParameters],
        tag="reference data",
    )
    def get(self, request: Request) -> HttpResponse:
        asked = parameters.read(request, ReferenceParameters)
        rows = models.S3Domain.objects.filter(**_wanted(asked, active="active"))
        page = BY_CODE.page(rows.values("code", "active", *NAME_COLUMNS), asked)
        branches = _branches([row["code"] for row in page.rows])
        items = [
            {
                "code": row["code"],
                "names": names_in(row),
                "branches": branches[row["code"]],
                "active": row["active"],
            }
            for row in page.rows
        ]
        return self.answer_page(request, page, items)


def _wanted(asked: dict[str, Any], **columns: str) -> dict[str, Any]:
    """The conditions on columns for those parameters that were given."""
    return {column: asked[name] for name, column in columns.items() if name in asked}


def _branches(domains: list[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    weights = models.DomainNace.objects.active().filter(domain__in=domains).order_by("domain", "nace")
    for domain, nace, weight in weights.values_list("domain_id", "nace_id", "weight"):
        found[domain].append({"nace": nace, "weight": float(weight)})
    return found
