from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "pishkhan.offices"

    def ready(self) -> None:
        from .undertakings import actions as undertaking_actions  # noqa: F401  on the register of actions
