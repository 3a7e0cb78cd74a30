"""Addresses of companies."""

from django.urls import path

from companies.views import bulk, consents, contacts, jump, lists, pipeline, saved_views, sme, talk

COMPANY, MINE = "companies/<company:public_id>/", "mine/<company:public_id>/"

urlpatterns = [
    path("companies/", lists.companies, name="companies"),
    path("companies/export/", lists.export, name="companies_export"),
    path("companies/jump/", jump.jump, name="companies_jump"),
    path("companies/change/", bulk.change, name="companies_change"),
    path("companies/changes/<change:public_id>/undo/", bulk.take_back, name="companies_undo"),
    path("pipeline/", pipeline.pipeline, name="pipeline"),
    path("views/", saved_views.saved_views, name="saved_views"),
    path("views/<view:public_id>/", saved_views.saved_view, name="saved_view"),
    path(f"{COMPANY}contacts/<int:contact>/reveal/", contacts.contact_reveal, name="contact_reveal"),
    path(f"{COMPANY}consents/", consents.company_consents, name="company_consents"),
    path(f"{COMPANY}messages/", talk.company_messages, name="company_messages"),
    path("mine/", sme.my_companies, name="my_companies"),
    path(MINE, sme.own_home, name="own_company"),
    path(f"{MINE}data/", sme.own_data, name="own_data"),
    path(f"{MINE}consents/", consents.own_consents, name="own_consents"),
    path(f"{MINE}seen/", sme.own_seen, name="own_seen"),
    path(f"{MINE}messages/", talk.own_messages, name="own_messages"),
    path(f"{MINE}export/", sme.own_export, name="own_export"),
    path(f"{MINE}erasure/", sme.own_erasure, name="own_erasure"),
]
