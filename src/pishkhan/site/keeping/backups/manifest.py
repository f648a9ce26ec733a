"""What a backup holds: every file by size and digest, and how far its journal reaches. Readable without any key."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from pishkhan.language.text import Text
from pishkhan.site.keeping import durable
from pishkhan.site.keeping.durable import Content
from pishkhan.site.keeping.refusals import NotKept

NAME, FORMAT, VERSION = "manifest.json", "pishkhan-backup", 1
NOT_READABLE = Text(
    "فهرست پشتیبان «{path}» خوانده نمی‌شود یا دگرگون شده است.", "The manifest '{path}' cannot be read, or was altered."
)
NEWER_FORMAT = Text(
    "قالب پشتیبان «{path}» نسخهٔ {version} است و این سامانه آن را نمی‌شناسد.",
    "The backup '{path}' is of format {version}, which this version does not know.",
)
ALTERED = Text("پروندهٔ «{file}» از پشتیبان دگرگون شده است.", "The file '{file}' of the backup was altered.")
LOST = Text("پروندهٔ «{file}» از پشتیبان نیست.", "The file '{file}' of the backup is missing.")


@dataclass(frozen=True)
class Manifest:
    """A backup, as it says itself."""

    name: str
    made_at: datetime
    engine: str
    database: str  # the name of the file that holds it
    journal: dict[str, Any]  # how far the journal reaches: `facts.of_database`
    absent: list[str]  # papers that rows name and the media folder did not hold: erased, or lost
    files: dict[str, Content]

    @property
    def size(self) -> int:
        return sum(each.size for each in self.files.values())


def rendered(manifest: Manifest) -> bytes:
    """The manifest as it is written, with a digest of itself."""
    body = asdict(manifest) | {"format": FORMAT, "version": VERSION, "made_at": manifest.made_at.isoformat()}
    return _text(body | {"digest": sha256(_text(body)).hexdigest()})


def read(folder: Path) -> Manifest:
    """The manifest of a backup; NotKept if a single byte of it was altered."""
    path = folder / NAME
    try:
        raw = path.read_bytes()
        told = json.loads(raw)
        version = told.pop("version")
        if told.pop("format") != FORMAT:
            raise ValueError
        digest = told.pop("digest")
        if sha256(_text(told | {"format": FORMAT, "version": version})).hexdigest() != digest:
            raise ValueError
        if version != VERSION:
            raise NotKept(NEWER_FORMAT.filled(path=path, version=version))
        files = {file: Content(*held) for file, held in told.pop("files").items()}
        found = Manifest(**told | {"made_at": datetime.fromisoformat(told["made_at"])}, files=files)
        if rendered(found) != raw:
            raise ValueError
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise NotKept(NOT_READABLE.filled(path=path)) from None
    return found


def digest_of(folder: Path) -> str:
    """By which the archive of the keys knows the backup it belongs to."""
    return durable.content_of(folder / NAME).sha256


def faults_of(folder: Path, manifest: Manifest) -> list[Text]:
    """Every file of a backup that is not as the manifest says, by name."""
    faults = []
    for file, held in manifest.files.items():
        try:
            if durable.content_of(folder / file) != held:
                faults.append(ALTERED.filled(file=file))
        except FileNotFoundError:
            faults.append(LOST.filled(file=file))
        except OSError:
            faults.append(ALTERED.filled(file=file))
    return faults


def _text(told: dict[str, Any]) -> bytes:
    return (json.dumps(told, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()
