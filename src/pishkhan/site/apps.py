from django.apps import AppConfig
from django.conf import settings


class SiteConfig(AppConfig):
    name = "pishkhan.site"

    def ready(self) -> None:
        from pishkhan.credentials import vault
        from pishkhan.journal import secrecy
        from pishkhan.limits import rates
        from pishkhan.offices import credential

        from . import retention, starting  # noqa: F401  retention declares its key

        secrecy.use_master_key(starting.master_key)
        vault.keep_in(settings.KEYS / "licences")
        credential.serve(settings.ORIGIN, settings.AUTHORITY, public=settings.ADDRESS.is_public)
        rates.choose(settings.LIMITS)
