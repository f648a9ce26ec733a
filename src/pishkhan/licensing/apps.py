from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "pishkhan.licensing"

    def ready(self) -> None:
        from . import (  # noqa: F401  on the register
            address_change,
            booth,
            closure,
            conversion,
            correction,
            documents,
            name_change,
            new_licence,
            notices,
            renewal,
            surrender,
            transfer,
        )
