"""Addresses of the pages that show more than one app."""

from django.urls import path

from tibs.pages import views

urlpatterns = [
    path("work/", views.broker_home, name="broker_home"),
    path("companies/<company:public_id>/", views.company, name="company"),
]
