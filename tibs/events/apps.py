from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "tibs.events"
    label = "events"

    def ready(self) -> None:
        """Every process knows every event and notice, so that a timeline or inbox can say what any row means."""
        autodiscover_modules("events")
        autodiscover_modules("notices")
