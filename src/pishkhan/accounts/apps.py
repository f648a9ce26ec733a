from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "pishkhan.accounts"

    def ready(self) -> None:
        from . import numbers  # noqa: F401  on the register
        from .second_factor import requirement  # noqa: F401  and its number too
