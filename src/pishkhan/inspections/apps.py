from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "pishkhan.inspections"

    def ready(self) -> None:
        from . import checks, notices  # noqa: F401  on the registers
        from .checklists import actions as checklist_actions  # noqa: F401  on the registers
        from .checklists import editions, terms  # noqa: F401  on the registers
        from .field import plausibility, retention  # noqa: F401  on the registers
        from .machines import actions as machine_actions  # noqa: F401  on the registers
        from .objections import actions as objection_actions  # noqa: F401  on the registers
        from .visits import actions as visit_actions  # noqa: F401  on the registers
