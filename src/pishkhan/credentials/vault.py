"""Private keys: each in a file of its own, encrypted under the master key, readable by its owner alone; never stored in
the database. The folder is given at start-up (`keep_in`)."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pishkhan.journal.secrecy import hide, reveal

PURPOSE = "credentials.signing-key"
_folder: Path | None = None


class NoPrivateKey(RuntimeError):
    """A defect of the deployment: the file of a key that must sign is not there."""


def keep_in(folder: Path) -> None:
    """Say in which folder private keys are kept."""
    global _folder  # noqa: PLW0603  given once, at start-up
    _folder = folder


def path_of(kid: str) -> Path:
    """Where the private key of a name is kept."""
    if _folder is None:
        raise NoPrivateKey("It was not said where private keys are kept.")
    return _folder / f"{kid}.ed25519"


def put(kid: str, private: Ed25519PrivateKey) -> None:
    """Keep a private key; one that is there already stays as it is."""
    path = path_of(kid)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(hide(private.private_bytes_raw().hex(), purpose=PURPOSE))


def private_key(kid: str) -> Ed25519PrivateKey:
    """The private key of a name; NoPrivateKey if its file is gone."""
    try:
        hidden = path_of(kid).read_bytes()
    except FileNotFoundError:
        raise NoPrivateKey(f"The private key {kid} is not in its folder.") from None
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(reveal(hidden, purpose=PURPOSE)))


def remove(kid: str) -> None:
    """Remove a private key: nothing is signed with it any more."""
    path_of(kid).unlink(missing_ok=True)
