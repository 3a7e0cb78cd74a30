from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tibs.accounts"
    label = "accounts"
