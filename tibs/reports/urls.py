"""Addresses of reports."""

from django.urls import path

from tibs.reports import views
from tibs.reports.assessments import views as assessments
from tibs.reports.parked import views as parked

urlpatterns = [
    path("corridors/", views.corridors, name="corridors"),
    path("corridors.csv", views.corridors_csv, name="corridors_csv"),
    path("parked/", parked.parked, name="parked"),
    path("parked/again/", parked.again, name="parked_again"),
    path("assessments/", assessments.assessments, name="assessment_report"),
    path("assessments.csv", assessments.assessments_csv, name="assessment_report_csv"),
    path("assessments.xlsx", assessments.assessments_xlsx, name="assessment_report_xlsx"),
]
