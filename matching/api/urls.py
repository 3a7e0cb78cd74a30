from django.urls import path

from matching.api import views

urlpatterns = [
    path("profiles/<profile:public_id>/matches/", views.ProfileMatches.as_view(), name="api_profile_matches"),
]
