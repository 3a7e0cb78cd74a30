"""Addresses of the API that belong to no app."""

from django.urls import path

from tibs.api import pages
from tibs.api.description import Description

urlpatterns = [
    path("", pages.home, name="api_home"),
    path("problems/<slug:code>", pages.problem_kind, name="api_problem"),
    path("v1/schema", Description.as_view(), name="api_schema"),
]
