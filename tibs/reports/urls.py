"""Addresses of reports."""

from django.urls import path

from tibs.reports import views
from tibs.reports.assessments import views as assessments

urlpatterns = [
    path("corridors/", views.corridors, name="corridors"),
    path("corridors.csv", views.corridors_csv, name="corridors_csv"),
    path("assessments/", assessments.assessments, name="assessment_report"),
    path("assessments.csv", assessments.assessments_csv, name="assessment_report_csv"),
    path("assessments.xlsx", assessments.assessments_xlsx, name="assessment_report_xlsx"),
]
