from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "pishkhan.casework"

    def ready(self) -> None:
        from . import checks  # noqa: F401  asked at start-up
