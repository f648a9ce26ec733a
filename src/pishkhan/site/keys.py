"""The keys of a deployment: files in a folder apart from the database, made when it is first used."""

import os
import secrets
from pathlib import Path


def key_from(folder: Path, name: str, *, size: int = 32) -> bytes:
    """The key of a name; made, readable by its owner alone, if there is none yet."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(key := secrets.token_bytes(size))
    return key
