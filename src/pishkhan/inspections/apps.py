from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "pishkhan.inspections"

    def ready(self) -> None:
        from . import checks, editions, expiring, notices, plausibility, terms  # noqa: F401  on the register
