from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "tibs.demo"
    label = "demo"
