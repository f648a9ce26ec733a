"""Private keys: each in a file of its own, encrypted under the master key, readable by its owner alone; never stored in
the database. The folder is given at start-up (`keep_in`)."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pishkhan.journal.durable import write_over
from pishkhan.journal.erasure.erasable_text import NoMasterKey, hide, reveal
from pishkhan.journal.refusals import Unavailable
from pishkhan.language.text import Text

from .keys import kid_of

PURPOSE = "credentials.signing-key"
GONE = Text(
    "کلید خصوصی {kid} که پروانه‌ها با آن امضا می‌شوند در جای خود نیست یا خوانده نمی‌شود؛ چیزی امضا نشد. راهبر را "
    "آگاه کنید.",
    "The private key {kid} that licences are signed with is not in its place or cannot be read: nothing was "
    "signed. Tell the administrator.",
)
FOREIGN = Text(
    "کلید خصوصی {kid} با کلید اصلی دیگری رمز شده یا آسیب دیده است؛ چیزی امضا نشد. راهبر را آگاه کنید.",
    "The private key {kid} was encrypted under another master key, or is damaged, and nothing was signed. "
    "Tell the administrator.",
)
NO_FOLDER = Text("جای کلیدهای امضا گفته نشده است.", "It was not said where private keys are kept.")
_folder: Path | None = None


class NoPrivateKey(Unavailable):
    """A defect of the deployment: a key that must sign is not there, or is not what it is called."""


def keep_in(folder: Path) -> None:
    """Say in which folder private keys are kept."""
    global _folder  # noqa: PLW0603  given once, at start-up
    _folder = folder


def path_of(kid: str) -> Path:
    """Where the private key of a name is kept."""
    if _folder is None:
        raise NoPrivateKey(NO_FOLDER)
    return _folder / f"{kid}.ed25519"


def put(kid: str, private: Ed25519PrivateKey) -> None:
    """Keep a private key; what lies under its name and cannot be opened is written anew."""
    try:
        private_key(kid)
    except NoPrivateKey:
        write_over(path_of(kid), [hide(private.private_bytes_raw().hex(), purpose=PURPOSE)])


def private_key(kid: str) -> Ed25519PrivateKey:
    """The private key of a name; NoPrivateKey if its file is gone, or does not open under the master key."""
    try:
        hidden = path_of(kid).read_bytes()
    except OSError:
        raise NoPrivateKey(GONE.filled(kid=kid)) from None
    try:
        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(reveal(hidden, purpose=PURPOSE)))
    except (NoMasterKey, ValueError):
        raise NoPrivateKey(FOREIGN.filled(kid=kid)) from None
    if kid_of(private.public_key().public_bytes_raw()).hex() != kid:  # another key's file under its name
        raise NoPrivateKey(FOREIGN.filled(kid=kid))
    return private


def remove(kid: str) -> None:
    """Remove a private key: nothing is signed with it any more."""
    path_of(kid).unlink(missing_ok=True)
