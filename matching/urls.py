"""Addresses of the matching."""

from django.urls import path

from matching import views
from matching import views_introductions as introductions
from matching import views_own_introductions as own

ONE = "introductions/<introduction:public_id>/"
MINE = "mine/introductions/<introduction:public_id>/"

urlpatterns = [
    path("profiles/<profile:public_id>/matches/", views.profile_matches, name="profile_matches"),
    path("partners/", views.partner_search, name="partner_search"),
    path("introductions/", introductions.introductions, name="introductions"),
    path(ONE, introductions.introduction, name="introduction"),
    path(f"{ONE}texts/", introductions.introduction_texts, name="introduction_texts"),
    path(f"{ONE}contacts/", introductions.introduction_contacts, name="introduction_contacts"),
    path(f"{ONE}do/<slug:act>/", introductions.introduction_act, name="introduction_act"),
    path("matches/<match:public_id>/introduce/", introductions.introduction_new, name="introduction_new"),
    path(
        "interest/<expression:public_id>/introduce/",
        introductions.introduction_from_interest,
        name="introduction_from_interest",
    ),
    path("mine/<company:public_id>/introductions/", own.own_introductions, name="own_introductions"),
    path(MINE, own.own_introduction, name="own_introduction"),
    path(f"{MINE}contacts/", own.own_introduction_contacts, name="own_introduction_contacts"),
]
