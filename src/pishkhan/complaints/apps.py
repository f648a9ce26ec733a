from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "pishkhan.complaints"

    def ready(self) -> None:
        from . import actions, notices  # noqa: F401  on the registers
