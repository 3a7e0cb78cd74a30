"""Addresses of the pages that show more than one app."""

from django.urls import path

from tibs.pages import inbox, views

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read, name="inbox_read"),
    path("work/", views.broker_home, name="broker_home"),
    path("companies/<company:public_id>/", views.company, name="company"),
]
