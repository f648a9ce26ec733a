from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "pishkhan.licensing"

    def ready(self) -> None:
        from . import documents, notices, procedures  # noqa: F401  on the register

        for module in iter_modules(procedures.__path__):  # whatever lies there is on the register too
            import_module(f"{procedures.__name__}.{module.name}")
