from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "pishkhan.licensing"

    def ready(self) -> None:
        from . import documents, notices  # noqa: F401  on the register
        from .procedures import (  # noqa: F401  on the register
            address_change,
            booth,
            closure,
            conversion,
            correction,
            name_change,
            new_licence,
            renewal,
            surrender,
            transfer,
        )
