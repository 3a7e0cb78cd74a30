from django.apps import AppConfig


class RenderingConfig(AppConfig):
    name = "tibs.rendering"
    label = "rendering"
