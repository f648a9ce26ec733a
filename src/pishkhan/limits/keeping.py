"""Values kept for a time where every process sees them and nothing makes room by dropping them: the sign-in library's.

Django's own cache in the database drops what still counts once it holds a few hundred rows. This one drops nothing
before its time.
"""

import json
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction

from pishkhan.journal.erasure.erasable_text import keyed

from .models import Kept

FOR_EVER = 10 * 365 * 24 * 60 * 60  # seconds: of what is kept without a time of its own


def claim(name: str, purpose: str, seconds: int) -> bool:
    """Use something that is good once, for a purpose; whether it is unused, or was used for that very purpose."""
    key, now = keyed("claim", name), int(time.time())
    Kept.objects.filter(key=key, ends__lte=now).delete()
    row, _ = Kept.objects.get_or_create(key=key, defaults={"value": json.dumps(purpose), "ends": now + seconds})
    return bool(row.value == json.dumps(purpose))


class KeptCache(BaseCache):
    """A cache for Django that loses nothing before its time. Values are what JSON can say."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        row = Kept.objects.filter(key=self._key(key, version), ends__gt=int(time.time())).first()
        return default if row is None else json.loads(row.value)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        Kept.objects.update_or_create(key=self._key(key, version), defaults=self._row(value, timeout))

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Put down a value unless one stands there; of two at once one does."""
        row, name, now = self._row(value, timeout), self._key(key, version), int(time.time())
        if Kept.objects.filter(key=name, ends__lte=now).update(**row):  # the second finds it renewed: it ends later
            return True
        try:
            with transaction.atomic():
                Kept(key=name, **row).save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        standing = Kept.objects.filter(key=self._key(key, version), ends__gt=int(time.time()))
        return bool(standing.update(ends=self._ends(timeout)))

    def delete(self, key: Any, version: Any = None) -> bool:
        return bool(Kept.objects.filter(key=self._key(key, version)).delete()[0])

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        raise NotImplementedError("What is counted has a rate of its own (limits.rates).")

    def clear(self) -> None:
        Kept.objects.all().delete()

    def _key(self, key: Any, version: Any) -> str:
        return keyed("cache", self.make_and_validate_key(key, version=version))

    def _row(self, value: Any, timeout: Any) -> dict[str, Any]:
        return {"value": json.dumps(value), "ends": self._ends(timeout)}

    def _ends(self, timeout: Any) -> int:
        ends = self.get_backend_timeout(timeout)
        return int(time.time()) + FOR_EVER if ends is None else round(ends)
