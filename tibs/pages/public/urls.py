"""Addresses that anybody may open."""

from django.urls import path

from tibs.pages.public import catalogue, feeds, searches, sitemap, views

urlpatterns = [
    path("", views.home, name="home"),
    path("brokers/", views.directory, name="directory"),
    path("opportunities/", catalogue.opportunities, name="opportunities"),
    path("opportunities/feed.atom", feeds.atom, name="opportunities_atom"),
    path("opportunities/feed.json", feeds.json_feed, name="opportunities_json"),
    path("searches/", searches.searches, name="searches"),
    path("searches/new/", searches.search_new, name="search_new"),
    path("searches/<search:public_id>/", searches.search_change, name="search_change"),
    path("searches/confirm/<str:token>/", searches.search_confirm, name="search_confirm"),
    path("searches/stop/<str:signed>/", searches.search_stop, name="search_stop"),
    path("p/<str:reference>", catalogue.opportunity, name="opportunity"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("privacy/", views.privacy, name="privacy"),
    path("terms/", views.terms, name="terms"),
    path("imprint/", views.imprint, name="imprint"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
