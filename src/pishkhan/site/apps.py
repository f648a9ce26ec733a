from django.apps import AppConfig
from django.conf import settings


class SiteConfig(AppConfig):
    name = "pishkhan.site"

    def ready(self) -> None:
        from pishkhan.credentials import vault
        from pishkhan.journal import secrecy
        from pishkhan.limits import rates
        from pishkhan.offices import credential

        from . import retention  # noqa: F401  its key is declared

        secrecy.use_master_key(settings.MASTER_KEY)
        vault.keep_in(settings.KEYS / "licences")
        credential.serve(settings.ORIGIN, settings.AUTHORITY)
        rates.choose(settings.LIMITS)
