"""Addresses that only the demonstration has."""

from django.urls import path

from tibs.demo import gallery, views

urlpatterns = [
    path("_gallery", gallery.gallery, name="gallery"),
    path("demo/login/<str:encoded_id>/<str:token>/", views.demo_login, name="demo_login"),
    path("demo/code", views.demo_code, name="demo_code"),
    path("demo/mail", views.demo_mail, name="demo_mail"),
]
