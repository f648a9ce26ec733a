from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "pishkhan.rounds"

    def ready(self) -> None:
        from . import actions, numbers  # noqa: F401  on the registers
