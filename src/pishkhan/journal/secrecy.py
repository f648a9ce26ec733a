"""Words and identifiers that must be erasable: encrypted or keyed under secrets that can be destroyed.

The secret of a subject is encrypted under the master key of the house, which is kept in a file outside the
database (`use_master_key`, called at start-up).
"""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import erasures
from .models import Entry, Secret, Words

NONCE = 12  # bytes, as AES-GCM wants (NIST SP 800-38D)
_master: bytes | None = None


class NoMasterKey(RuntimeError):
    """A defect of the deployment: nothing can be encrypted before a master key was given."""


def use_master_key(key: bytes) -> None:
    """Give the process the 32 bytes under which all secrets are encrypted."""
    global _master  # noqa: PLW0603  given once, at start-up
    _master = key


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


def destroy(whose: str, *, entry: Entry) -> int:
    """Destroy a secret and the words sealed with it, by an act's entry; return how many words went.

    It is listed outside the database first: whoever restores an older one does it again.
    """
    erasures.begin(whose, entry)
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
        raise NoMasterKey("The master key was not given: see `pishkhan check`.")
    return hmac.new(_master, purpose.encode(), sha256).digest()


def _encrypted(key: bytes, content: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def _decrypted(key: bytes, content: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(content[:NONCE], content[NONCE:], None)
    except InvalidTag:
        raise NoMasterKey("What was encrypted under another master key cannot be read.") from None
