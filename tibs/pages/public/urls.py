"""Addresses that anybody may open."""

from django.urls import path

from tibs.pages.public import views

urlpatterns = [
    path("", views.home, name="home"),
    path("brokers/", views.directory, name="directory"),
    path("opportunities/", views.opportunities, name="opportunities"),
    path("p/<str:reference>", views.opportunity, name="opportunity"),
    path("privacy/", views.privacy, name="privacy"),
    path("terms/", views.terms, name="terms"),
    path("imprint/", views.imprint, name="imprint"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
