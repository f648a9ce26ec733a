from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class SiteConfig(AppConfig):
    name = "pishkhan.site"

    def ready(self) -> None:
        from pishkhan.credentials import vault
        from pishkhan.journal.erasure import erasable_text, erasure_list, erasures
        from pishkhan.limits import rates
        from pishkhan.offices import credential

        from .keeping.place import wishes
        from .operations import retention, starting  # noqa: F401  retention declares its key

        erasable_text.use_master_key(starting.master_key)
        erasures.list_in(*(folder / erasure_list.NAME for folder in (settings.KEYS, wishes().keys_to) if folder))
        vault.keep_in(settings.KEYS / "licences")
        credential.serve(settings.ORIGIN, settings.AUTHORITY, public=settings.ADDRESS.is_public)
        try:
            rates.choose(settings.LIMITS)
        except ValueError as wrong:
            raise ImproperlyConfigured(f"PISHKHAN_LIMITS cannot be used. {wrong}") from None
