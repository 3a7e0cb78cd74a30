from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "tibs.events"
    label = "events"
