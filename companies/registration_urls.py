"""Addresses by which companies come in."""

from django.urls import path

from companies.views import held, leads, registration, registration_links

urlpatterns = [
    path("register/", registration.register, name="register"),
    path("register/check/", registration.register_check, name="register_check"),
    path("register/sent/", registration.register_sent, name="register_sent"),
    path("register/later/", registration.register_later, name="register_later"),
    path("register/<slug:section>/", registration.register_section, name="register_section"),
    path("register/continue/<str:token>/", registration_links.register_resume, name="register_resume"),
    path("register/confirm/<str:token>/", registration_links.register_confirm, name="register_confirm"),
    path("companies/new/", leads.new_company, name="new_company"),
    path("registrations/held/", held.held_registrations, name="held_registrations"),
    path("registrations/<registration:public_id>/release/", held.release, name="registration_release"),
    path("registrations/<registration:public_id>/refuse/", held.refuse, name="registration_refuse"),
]
