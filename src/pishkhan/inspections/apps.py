from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "pishkhan.inspections"

    def ready(self) -> None:
        from . import checks, editions, machine_actions, notices, plausibility, retention, terms  # noqa: F401  on the registers
