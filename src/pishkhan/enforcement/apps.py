from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "pishkhan.enforcement"

    def ready(self) -> None:
        from . import casefile, documents  # noqa: F401  on the register
        from .procedure import notices, recusals, violation  # noqa: F401  on the register
