from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "pishkhan.enforcement"

    def ready(self) -> None:
        from . import casefile, documents, notices, recusals, violation  # noqa: F401  on the register
