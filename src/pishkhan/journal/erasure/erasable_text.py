"""Words and identifiers that must be erasable: encrypted or keyed under secrets that can be destroyed.

The secret of a subject is encrypted under the master key of the house, which is kept in a file outside the
database (`use_master_key`, called at start-up, says where it is read when it is first needed).
"""

import hmac
import secrets
from collections.abc import Callable, Collection
from contextlib import suppress
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pishkhan.journal.models import Entry, Secret, Words
from pishkhan.journal.refusals import Unavailable
from pishkhan.language.text import Text

from . import erasures

NONCE = 12  # bytes, as AES-GCM wants (NIST SP 800-38D)
UNREADABLE = Text(
    "آنچه رمز شده خوانده نمی‌شود: با کلید دیگری رمز شده یا دستکاری شده است. راهبر را آگاه کنید.",
    "What was encrypted cannot be read: it was encrypted under another key, or altered. Tell the administrator.",
)
NO_KEY = Text("کلید اصلی داده نشده است: «pishkhan check».", "The master key was not given: see 'pishkhan check'.")
_master: Callable[[], bytes] | None = None


class NoMasterKey(Unavailable):
    """A defect of the deployment: there is no master key, or what was encrypted does not open under it."""

    def __init__(self, text: Text = UNREADABLE) -> None:
        super().__init__(text)


def use_master_key(key: Callable[[], bytes]) -> None:
    """Say where the process has the 32 bytes from under which all secrets are encrypted."""
    global _master  # noqa: PLW0603  given once, at start-up
    _master = key


def fingerprint() -> str:
    """What a database keeps so as to know its master key again: it says nothing about the key."""
    return keyed("journal.fingerprint", "")


def opens_its_secrets() -> bool:
    """Whether the master key opens a secret of this database; true where there is none yet."""
    row = Secret.objects.order_by("pk").first()
    return row is None or can_open(row.whose, bytes(row.wrapped))


def keyed(purpose: str, text: str) -> str:
    """A hash by which a text can be found again, and guessed by nobody who lacks the master key."""
    return hmac.new(_derived(purpose), text.encode(), sha256).hexdigest()


def hide(text: str, *, purpose: str) -> bytes:
    """The text encrypted under the master key."""
    return _encrypted(_derived(purpose), text.encode())


def reveal(hidden: bytes, *, purpose: str) -> str:
    return _decrypted(_derived(purpose), bytes(hidden)).decode()


def keep(entry: Entry, field: str, text: str, *, whose: str) -> str:
    """Keep words that an act writes with its entry, and return the keyed digest that the journal may hold of them."""
    key = entry.secrets.get(whose) or entry.secrets.setdefault(whose, secret_for(whose))
    row = Words(subject=entry.subject, number=entry.number, field=field, whose=whose)
    row.ciphertext = _encrypted(key, text.encode(), place=row.place)
    entry.written.append(row)
    return hmac.new(key, text.encode(), sha256).hexdigest()


def words_of(subject: str) -> dict[tuple[int, str], str]:
    """What was written in the entries about a subject, by number of entry and field. What was erased is absent."""
    rows = list(Words.objects.filter(subject=subject))
    wrapped = dict(Secret.objects.filter(whose__in={row.whose for row in rows}).values_list("whose", "wrapped"))
    keys = {whose: _opened(whose, bytes(held)) for whose, held in wrapped.items()}
    return {
        (row.number, row.field): _decrypted(keys[row.whose], bytes(row.ciphertext), place=row.place).decode()
        for row in rows
        if row.whose in keys
    }


def digest_of_stored(row: Words) -> str:
    """What an entry holds of its words: of the ciphertext, so that it says nothing and can be checked without a key."""
    return sha256(row.ciphertext).hexdigest()


def destroy(whose: str, entry: Entry) -> int:
    """Destroy a secret and the words sealed with it, in an act whose entry says so; return how many words went.

    It is listed outside the database first: whoever restores an older one does it again.
    """
    erasures.begin(whose, entry)
    entry.erased.append(whose)
    gone, _ = Words.objects.filter(whose=whose).delete()
    Secret.objects.filter(whose=whose).delete()
    return gone


def destroyed() -> set[str]:
    """Whose secrets were destroyed, as the journal tells."""
    told = Entry.objects.filter(bound__has_key="erased").values_list("bound", flat=True)
    return {whose for bound in told for whose in bound["erased"]}


def sealed(content: bytes, *, whose: str) -> bytes:
    """A content encrypted under the secret of a person or case: unreadable once that is destroyed."""
    return _encrypted(secret_for(whose), content)


def unsealed(content: bytes, *, whose: str) -> bytes | None:
    """What was sealed under a secret; None if that was destroyed, or the content altered."""
    row = Secret.objects.filter(whose=whose).first()
    if row is None:
        return None
    try:
        return _decrypted(_opened(whose, bytes(row.wrapped)), content)
    except NoMasterKey:
        return None


def secret_for(whose: str) -> bytes:
    """The secret of a person, a case or whatever else erases by itself; made when it is first wanted."""
    row = Secret.objects.filter(whose=whose).first()
    if row is None:
        fresh = _encrypted(_derived("secret"), secrets.token_bytes(32), place=whose)
        row, _ = Secret.objects.get_or_create(whose=whose, defaults={"wrapped": fresh})
    return _opened(whose, bytes(row.wrapped))


def secrets_of(whose: Collection[str]) -> dict[str, bytes | None]:
    """The secrets of some, as they are stored; None for one that cannot be opened: altered, moved, or another key's."""
    found: dict[str, bytes | None] = {}
    for name, wrapped in Secret.objects.filter(whose__in=whose).values_list("whose", "wrapped"):
        with suppress(NoMasterKey):
            found[name] = None
            found[name] = _opened(name, bytes(wrapped))
    return found


def can_open(whose: str, wrapped: bytes) -> bool:
    """Whether a secret, as it is stored, is that of whom it is said to be, under the master key of this house."""
    try:
        _opened(whose, wrapped)
    except NoMasterKey:
        return False
    return True


def _opened(whose: str, wrapped: bytes) -> bytes:
    return _decrypted(_derived("secret"), wrapped, place=whose)


def _derived(purpose: str) -> bytes:
    if _master is None:
        raise NoMasterKey(NO_KEY)
    return hmac.new(_master(), purpose.encode(), sha256).digest()


def _encrypted(key: bytes, content: bytes, *, place: str = "") -> bytes:
    """Encrypted, and bound to a place: what is moved elsewhere cannot be decrypted there."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def _decrypted(key: bytes, content: bytes, *, place: str = "") -> bytes:
    try:
        return AESGCM(key).decrypt(content[:NONCE], content[NONCE:], place.encode())
    except (InvalidTag, ValueError):  # ValueError: what was cut so short that it holds no nonce
        raise NoMasterKey() from None
