from django.apps import AppConfig
from django.urls import register_converter

from tibs.core.converters import CONVERTERS


class CoreConfig(AppConfig):
    name = "tibs.core"
    label = "core"

    def ready(self) -> None:
        for name, converter in CONVERTERS.items():
            register_converter(converter, name)
