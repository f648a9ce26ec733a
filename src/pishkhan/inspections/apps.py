from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "pishkhan.inspections"

    def ready(self) -> None:
        from . import plausibility  # noqa: F401  declares its keys
