"""The keys of a deployment in one file, encrypted under a passphrase: AES-256-GCM under scrypt.

The file is a line of JSON (what is needed to open it, and which backup it belongs to), the encrypted contents, and the
SHA-256 of all before it, by which damage is told from a wrong passphrase.
"""

import json
import os
import secrets
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from pishkhan.language.text import Text
from pishkhan.site.keeping import durable
from pishkhan.site.keeping.refusals import NotKept

FORMAT, VERSION, ENDING = "pishkhan-keys", 1, ".keys"
COST = {"n": 2**16, "r": 8, "p": 1}  # 64 MB and a fifth of a second for each guess
LARGEST_COST = 2**20  # what a forged header may make us spend
DIGEST, NONCE, SALT = 32, 12, 16  # bytes
SHORTEST = 12  # characters
LAST_SEAL = "last-seal.json"

NO_PASSPHRASE = Text("گذرواژه در «{path}» خوانده نمی‌شود: {why}", "The passphrase in '{path}' cannot be read: {why}")
TOO_SHORT = Text(
    "گذرواژهٔ «{path}» کوتاه‌تر از {least} نویسه است.",
    "The passphrase in '{path}' is shorter than {least} {least:character|characters}.",
)
NO_KEYS = Text("کلیدهای این پشتیبان در «{path}» نیست.", "The keys of this backup are not in '{path}'.")
DAMAGED = Text("پروندهٔ کلیدها («{path}») خراب است.", "The file of the keys ('{path}') is damaged.")
WRONG = Text("گذرواژه، گذرواژهٔ «{path}» نیست.", "The passphrase is not that of '{path}'.")
OF_ANOTHER = Text(
    "کلیدهای «{path}» از آن این پشتیبان نیست یا فهرست پشتیبان دگرگون شده است.",
    "The keys in '{path}' belong to another backup, or its manifest was altered.",
)
NO_MASTER = Text(
    "در پوشهٔ کلیدها («{path}») کلید master.key نیست.", "There is no master.key in the keys' folder '{path}'."
)

Keys = dict[str, bytes]  # content by path


def passphrase_in(file: Path) -> bytes:
    """The passphrase of a file, without the end of its line."""
    try:
        text = file.read_text(encoding="utf-8").strip("\ufeff\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise NotKept(NO_PASSPHRASE.filled(path=file, why=getattr(error, "strerror", None) or "UTF-8")) from None
    if len(text) < SHORTEST:
        raise NotKept(TOO_SHORT.filled(path=file, least=SHORTEST))
    return text.encode()


def gathered(folder: Path) -> Keys:
    """Everything in a folder of keys, but what is only there for a while (names that begin with a dot) and the mark of
    the last seal, which may be later than the database in whose backup the keys go."""
    names = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    found = {
        name.as_posix(): (folder / name).read_bytes()
        for name in names
        if name.name != LAST_SEAL and not any(part.startswith(".") for part in name.parts)
    }
    if "master.key" not in found:
        raise NotKept(NO_MASTER.filled(path=folder))
    return found


def write(path: Path, keys: Keys, passphrase: bytes, *, belongs_to: str) -> None:
    """Write keys encrypted. `belongs_to` is the digest of the manifest of their backup."""
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    told = {
        "format": FORMAT,
        "version": VERSION,
        "kdf": "scrypt",
        **COST,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "manifest": belongs_to,
    }
    head = json.dumps(told, sort_keys=True).encode() + b"\n"
    plain = json.dumps({name: b64encode(content).decode() for name, content in keys.items()}).encode()
    sealed = head + AESGCM(_key(passphrase, told)).encrypt(nonce, plain, head)
    durable.write(path, sealed + sha256(sealed).digest())


def read(path: Path, passphrase: bytes, *, belongs_to: str | None = None) -> Keys:
    """The keys of an archive; NotKept if it is damaged, of another backup, or under another passphrase."""
    try:
        raw = path.read_bytes()
    except OSError:
        raise NotKept(NO_KEYS.filled(path=path)) from None
    sealed, digest = raw[:-DIGEST], raw[-DIGEST:]
    if sha256(sealed).digest() != digest:
        raise NotKept(DAMAGED.filled(path=path))
    try:
        head, _, body = sealed.partition(b"\n")
        told = json.loads(head)
        if (told["format"], told["version"], told["kdf"]) != (FORMAT, VERSION, "scrypt") or told["n"] > LARGEST_COST:
            raise ValueError
        plain = AESGCM(_key(passphrase, told)).decrypt(bytes.fromhex(told["nonce"]), body, head + b"\n")
    except InvalidTag:
        raise NotKept(WRONG.filled(path=path)) from None
    except (ValueError, KeyError, TypeError):
        raise NotKept(DAMAGED.filled(path=path)) from None
    if belongs_to is not None and told["manifest"] != belongs_to:
        raise NotKept(OF_ANOTHER.filled(path=path))
    return {name: b64decode(content) for name, content in json.loads(plain).items()}


def laid_out(keys: Keys, folder: Path) -> None:
    """Write keys as files, each readable by its owner alone."""
    for name, content in keys.items():
        within = PurePosixPath(name)
        if within.is_absolute() or ".." in within.parts:
            raise NotKept(DAMAGED.filled(path=name))
        path = folder / within
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        durable.write(path, content)
    os.chmod(folder, 0o700)


def _key(passphrase: bytes, told: dict[str, Any]) -> bytes:
    return Scrypt(salt=bytes.fromhex(told["salt"]), length=32, n=told["n"], r=told["r"], p=told["p"]).derive(passphrase)
