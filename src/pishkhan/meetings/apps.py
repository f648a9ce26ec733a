from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "pishkhan.meetings"

    def ready(self) -> None:
        from . import actions, checks  # noqa: F401  on the register, and asked at start-up
