"""Addresses of reports."""

from django.urls import path

from tibs.reports import views

urlpatterns = [
    path("corridors/", views.corridors, name="corridors"),
    path("corridors.csv", views.corridors_csv, name="corridors_csv"),
]
