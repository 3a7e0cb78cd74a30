"""Addresses of the matching."""

from django.urls import path

from matching import views_introductions as introductions
from matching import views_own_introductions as own
from matching.views import compare, opinions, partners, review

ONE = "introductions/<introduction:public_id>/"
MINE = "mine/introductions/<introduction:public_id>/"

urlpatterns = [
    path("profiles/<profile:public_id>/matches/", partners.profile_matches, name="profile_matches"),
    path("partners/", partners.partner_search, name="partner_search"),
    path("matches/", review.match_review, name="match_review"),
    path("matches/shortlist/", review.match_shortlist, name="match_shortlist"),
    path("matches/questions/<view_request:public_id>/", opinions.view_request, name="view_request"),
    path("profiles/<profile:public_id>/compare/", compare.match_compare, name="match_compare"),
    path(
        "profiles/<profile:public_id>/matches/<match:match_id>/decide/",
        review.match_decide,
        name="match_decide",
    ),
    path("profiles/<profile:public_id>/matches/<match:match_id>/ask/", opinions.match_ask, name="match_ask"),
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
