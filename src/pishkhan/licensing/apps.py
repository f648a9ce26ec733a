from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "pishkhan.licensing"

    def ready(self) -> None:
        from . import new_licence, notices  # noqa: F401  on the register
