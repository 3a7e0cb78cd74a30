"""Addresses of companies."""

from django.urls import path

from companies import views

urlpatterns = [path("companies/", views.companies, name="companies")]
