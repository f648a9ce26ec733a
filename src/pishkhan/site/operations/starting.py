"""What must hold before anything is read or written: the keys are there, whole, and those of this database.

Keys are made for a database that holds nothing yet, by whichever process first needs them; never for one that does.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection, models

from pishkhan.credentials.models import SigningKey
from pishkhan.journal.erasure.erasable_text import fingerprint, opens_its_secrets
from pishkhan.journal.models import Secret
from pishkhan.language.text import Text, verbatim
from pishkhan.people.models import Person
from pishkhan.site.configuration import keys
from pishkhan.site.configuration.faults import Misconfigured
from pishkhan.site.models import Deployment

from .deployment import deployment

NEEDS_KEYS: tuple[type[models.Model], ...] = (Deployment, Secret, Person, SigningKey)  # encrypted, or bound to a key
FOREIGN = Text(
    "کلید اصلی {path} کلید این پایگاه داده نیست. کلیدهای درست را به جای خود برگردانید، یا جای "
    "آن‌ها را با PISHKHAN_KEYS و پایگاه درست را با DATABASE_URL بگویید.",
    "The master key {path} is not the one of this database. Put back the right keys, or name their folder "
    "by PISHKHAN_KEYS and the right database by DATABASE_URL.",
)


@cache
def master_key() -> bytes:
    """The key under which this database is encrypted; made if the database holds nothing and there is no key yet."""
    if not all((settings.KEYS / name).exists() for name in (keys.MASTER, keys.SESSION)) and holds_nothing():
        keys.make(settings.KEYS)
    return keys.read(settings.KEYS, keys.MASTER)


def ask_keys(*, for_sessions: bool) -> None:
    """Misconfigured, saying what to do, if a process cannot start with the keys there are."""
    master_key()
    if is_foreign():
        raise Misconfigured(FOREIGN.filled(path=verbatim(_master_path())))
    if for_sessions and not settings.NAMED_SECRET:
        keys.read(settings.KEYS, keys.SESSION)


def wrong_keys() -> Iterator[Text]:
    """What is wrong with the keys there are, a sentence each; nothing is made."""
    names = (keys.MASTER,) if settings.NAMED_SECRET else (keys.MASTER, keys.SESSION)
    whole = [name for name in names if (settings.KEYS / name).exists() or not holds_nothing()]
    for name in tuple(whole):
        try:
            keys.read(settings.KEYS, name)
        except Misconfigured as fault:
            whole.remove(name)
            yield fault.text
    if keys.MASTER in whole and is_foreign():
        yield FOREIGN.filled(path=verbatim(_master_path()))


def holds_nothing() -> bool:
    """Whether the database was never used: it has no tables, or nothing in those that need keys."""
    tables = set(connection.introspection.table_names())
    return not any(model._meta.db_table in tables and model._base_manager.exists() for model in NEEDS_KEYS)


def is_foreign() -> bool:
    """Whether the database was opened under another master key."""
    found = deployment()
    if found is None:
        return False
    return found.key_fingerprint != fingerprint() if found.key_fingerprint else not opens_its_secrets()


def _master_path() -> Path:
    path: Path = settings.KEYS / keys.MASTER
    return path
