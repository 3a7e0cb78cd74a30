"""Addresses of companies."""

from django.urls import path

from companies.views import lists

urlpatterns = [path("companies/", lists.companies, name="companies")]
