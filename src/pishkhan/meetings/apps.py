from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "pishkhan.meetings"

    def ready(self) -> None:
        from . import checks  # noqa: F401  asked at start-up
