from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "pishkhan.inspections"

    def ready(self) -> None:
        from . import checks, editions, notices  # noqa: F401  on the register, or asked at start-up
