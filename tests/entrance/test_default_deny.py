"""A view that says nothing about access lets nobody in."""

import pytest
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from tests.accounts.urls import urlpatterns as pages

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.entrance.test_default_deny")]


class Bare(APIView):
    def get(self, request):
        return Response({"secret": 1})


urlpatterns = [path("api/v1/bare", Bare.as_view()), *pages]


def test_page_leads_visitors_to_the_login(client):
    assert client.get("/private").url == "/account/login/?next=/private"


def test_api_asks_who_it_is(client):
    assert client.get("/api/v1/bare").status_code == 401


def test_both_open_for_who_is_signed_in(client, ana):
    client.force_login(ana)

    assert client.get("/private").status_code == client.get("/api/v1/bare").status_code == 200
