from django.apps import AppConfig


class EntranceConfig(AppConfig):
    """Signing in, second steps, sessions and one's own account; the people themselves are in `tibs.accounts`."""

    name = "tibs.entrance"
    label = "entrance"
