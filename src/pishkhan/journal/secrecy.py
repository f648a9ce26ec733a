"""Words and identifiers that must be erasable: encrypted or keyed under secrets that can be destroyed.

The secret of a subject is encrypted under the master key of the house, which is kept in a file outside the
database (`use_master_key`, called at start-up, says where it is read when it is first needed).
"""

import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pishkhan.language.text import Text

from .models import Entry, Secret, Words
from .refusals import Unavailable

NONCE = 12  # bytes, as AES-GCM wants (NIST SP 800-38D)
UNREADABLE = Text("آنچه رمز شده خوانده نمی‌شود: با کلید دیگری رمز شده یا دستکاری شده است. راهبر را آگاه کنید.",
                  "What was encrypted cannot be read: it was encrypted under another key, or altered. "
                  "Tell the administrator.")
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
    try:
        return row is None or bool(_decrypted(_derived("secret"), bytes(row.wrapped)))
    except NoMasterKey:
        return False


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
    key = entry.secrets.get(whose) or entry.secrets.setdefault(whose, _secret(whose))
    entry.written.append(Words(subject=entry.subject, number=entry.number, field=field, whose=whose,
                               ciphertext=_encrypted(key, text.encode())))
    return hmac.new(key, text.encode(), sha256).hexdigest()


def words_of(subject: str) -> dict[tuple[int, str], str]:
    """What was written in the entries about a subject, by number of entry and field. What was erased is absent."""
    rows = list(Words.objects.filter(subject=subject))
    wrapped = dict(Secret.objects.filter(whose__in={row.whose for row in rows}).values_list("whose", "wrapped"))
    return {(row.number, row.field): _decrypted(_decrypted(_derived("secret"), bytes(wrapped[row.whose])),
                                                bytes(row.ciphertext)).decode()
            for row in rows if row.whose in wrapped}


def destroy(whose: str) -> int:
    """Destroy a secret and the words sealed with it; return how many words went. Call it inside an act."""
    gone, _ = Words.objects.filter(whose=whose).delete()
    Secret.objects.filter(whose=whose).delete()
    return gone


def sealed(content: bytes, *, whose: str) -> bytes:
    """A content encrypted under the secret of a person or case: unreadable once that is destroyed."""
    return _encrypted(_secret(whose), content)


def unsealed(content: bytes, *, whose: str) -> bytes | None:
    """What was sealed under a secret; None if that was destroyed, or the content altered."""
    row = Secret.objects.filter(whose=whose).first()
    if row is None:
        return None
    try:
        return _decrypted(_decrypted(_derived("secret"), bytes(row.wrapped)), content)
    except NoMasterKey:
        return None


def _secret(whose: str) -> bytes:
    row = Secret.objects.filter(whose=whose).first()
    if row is None:
        fresh = _encrypted(_derived("secret"), secrets.token_bytes(32))
        row, _ = Secret.objects.get_or_create(whose=whose, defaults={"wrapped": fresh})
    return _decrypted(_derived("secret"), bytes(row.wrapped))


def _derived(purpose: str) -> bytes:
    if _master is None:
        raise NoMasterKey(NO_KEY)
    return hmac.new(_master(), purpose.encode(), sha256).digest()


def _encrypted(key: bytes, content: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def _decrypted(key: bytes, content: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(content[:NONCE], content[NONCE:], None)
    except (InvalidTag, ValueError):  # ValueError: what was cut so short that it holds no nonce
        raise NoMasterKey() from None
