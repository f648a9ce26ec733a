"""The contents of files, as they lie on disk: each encrypted under a key of its own.

The key lies with the file's row, sealed under the secret of whom the file belongs to: once that secret is destroyed,
no copy of the content can be read, be it in the media folder, in a backup or on a disk that was thrown away.
"""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pishkhan.journal.erasure.erasable_text import sealed, unsealed
from pishkhan.journal.models import Secret

from . import disk
from .models import StoredFile
from .refusals import ContentErased, ContentLost

KEY, NONCE, TAG = 32, 12, 16  # bytes: of AES-256-GCM (NIST SP 800-38D)


def new_key() -> bytes:
    return secrets.token_bytes(KEY)


def digest_of(key: bytes, content: bytes) -> str:
    """A digest that tells nothing to whoever lacks the key of the file: not even that two files are equal."""
    return hmac.new(key, content, sha256).hexdigest()


def write(file: StoredFile, content: bytes, key: bytes) -> None:
    """Let the content of a file lie on disk, encrypted; it can be read as the content of that file only."""
    nonce = secrets.token_bytes(NONCE)
    disk.put(file.path, nonce + AESGCM(key).encrypt(nonce, content, file.pk.bytes))
    file.key = sealed(key, whose=file.whose)


def read(file: StoredFile) -> bytes:
    """The content of a file. ContentErased or ContentLost if there is none to be read."""
    key = key_of(file)
    content = disk.get(file.path)
    if key is None or content is None:
        raise ContentLost()
    try:
        return AESGCM(key).decrypt(content[:NONCE], content[NONCE:], file.pk.bytes)
    except (InvalidTag, ValueError):  # altered, or cut off
        raise ContentLost() from None


def key_of(file: StoredFile) -> bytes | None:
    """The key of a file; None if it cannot be read, ContentErased if it was destroyed."""
    if is_erased(file):
        raise ContentErased()
    return unsealed(bytes(file.key), whose=file.whose)


def is_erased(file: StoredFile) -> bool:
    """Whether the content of a file was erased: its key was forgotten, or the secret that this lay under."""
    return not file.key or not Secret.objects.filter(whose=file.whose).exists()


def remove(file: StoredFile) -> None:
    disk.remove(file.path)


def lies_whole(file: StoredFile) -> bool:
    """Whether the content of a file can be read, and is the one that was stored."""
    try:
        key, content = key_of(file), read(file)
    except (ContentErased, ContentLost):
        return False
    return key is not None and hmac.compare_digest(digest_of(key, content), file.digest)
