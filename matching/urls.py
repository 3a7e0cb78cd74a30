"""Addresses of the matching."""

from django.urls import path

from matching import views

urlpatterns = [
    path("profiles/<profile:public_id>/matches/", views.profile_matches, name="profile_matches"),
    path("partners/", views.partner_search, name="partner_search"),
]
