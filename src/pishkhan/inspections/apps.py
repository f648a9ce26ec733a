from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "pishkhan.inspections"

    def ready(self) -> None:
        from . import (  # noqa: F401  on the registers
            checks,
            editions,
            machine_actions,
            notices,
            objection_actions,
            plausibility,
            retention,
            terms,
            visit_actions,
        )
