from django.urls import path

from regions.api import views

urlpatterns = [
    path("countries/", views.Countries.as_view(), name="api_countries"),
    path("regions/", views.Regions.as_view(), name="api_regions"),
    path("domains/", views.Domains.as_view(), name="api_domains"),
]
