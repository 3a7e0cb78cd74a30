from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "tibs.pages"
    label = "pages"
