from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "pishkhan.offices"

    def ready(self) -> None:
        from . import undertaking_actions  # noqa: F401  on the register of actions
