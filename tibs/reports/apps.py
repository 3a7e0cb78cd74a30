from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tibs.reports"
    label = "reports"
