from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "tibs.events"
    label = "events"

    def ready(self) -> None:
        """Every process knows every event, so that a timeline can say what any record means."""
        autodiscover_modules("events")
