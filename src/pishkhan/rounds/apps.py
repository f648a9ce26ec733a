from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "pishkhan.rounds"

    def ready(self) -> None:
        from . import numbers  # noqa: F401  declares its keys
