from django.urls import path, register_converter

from companies.api import views
from companies.api.leads import Leads
from companies.references import ReferenceConverter

register_converter(ReferenceConverter, "reference")

urlpatterns = [
    path("leads/", Leads.as_view(), name="api_leads"),
    path("opportunities/", views.Opportunities.as_view(), name="api_opportunities"),
    path("opportunities/<reference:reference>/", views.Opportunity.as_view(), name="api_opportunity"),
]
