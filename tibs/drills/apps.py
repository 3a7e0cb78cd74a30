from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "tibs.drills"
    label = "drills"
