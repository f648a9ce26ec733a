from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "pishkhan.inspections"

    def ready(self) -> None:
        from . import checks, notices  # noqa: F401  on the register
        from .checklists import editions, terms  # noqa: F401  on the register
        from .field import plausibility, retention  # noqa: F401  on the register
