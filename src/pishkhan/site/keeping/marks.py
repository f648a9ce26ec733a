"""How far the journal is known to reach, kept beside the keys and beside the papers: a database that does not hold
what stands there is older than they are (a file that was copied without its -wal, or a backup of yesterday)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pishkhan.files.sweeping import ASIDE
from pishkhan.journal.models import Entry
from pishkhan.journal.verification.checkpoints import CHECKPOINT, JOURNAL
from pishkhan.language.text import Text

from . import durable
from .backups import media
from .backups.archive import LAST_SEAL
from .databases import facts
from .place import Place

IN_KEYS, IN_MEDIA = LAST_SEAL, f".{LAST_SEAL}"
OTHER_FOLDERS = ("letters", "arriving", ASIDE)  # of the media folder: made or sent again, or laid aside already
BEHIND = Text(
    "پایگاه داده عقب‌تر از «{folder}» است: نقطهٔ مهر {number} ({at}، {digest}) در آن نیست. شاید پرونده‌اش بدون "
    "‎-wal رونوشت شده یا نسخهٔ کهنه‌ای بازگردانده شده است.",
    "The database is behind '{folder}': it lacks checkpoint {number} of {at} ({digest}). Its file may have "
    "been copied without its -wal, or an older copy was put back.",
)
STRAY_PAPERS = Text(
    "{count} پرونده در پوشهٔ مدارک هست که پایگاه داده نمی‌شناسد (مانند {example}): پایگاه داده عقب‌تر از "
    "مدارک است، یا بارگذاری‌هایی نیمه‌کاره مانده است.",
    "The media folder holds {count} {count:paper|papers} that the database does not know (such as {example}): the "
    "database is behind its papers, or uploads were cut short.",
)


def keep(place: Place) -> None:
    """Keep how far the journal is sealed; never a lesser mark in place of one that this database does not hold."""
    told = last_seal()
    for file in _files_of(place):
        kept = _read(file)
        if told and kept != told and (kept is None or facts.holds(kept["digest"])):
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            durable.write(file, json.dumps(told).encode())


def last_seal() -> dict[str, Any] | None:
    """How far the journal of this database is sealed."""
    last = Entry.objects.filter(subject=JOURNAL, act=CHECKPOINT).order_by("number").last()
    return {"number": last.number, "digest": last.digest, "at": last.at.isoformat()} if last else None


def _files_of(place: Place) -> tuple[Path, Path]:
    return place.keys / IN_KEYS, place.media / IN_MEDIA


def behind(place: Place) -> Iterator[Text]:
    """In what the database is behind its seals, a sentence each."""
    for file in _files_of(place):
        kept = _read(file)
        if kept and not facts.holds(kept["digest"]):
            yield BEHIND.filled(folder=file.parent, **kept)


def stray_papers(place: Place) -> Iterator[Text]:
    """Papers that no row names, if there are any."""
    known = set(facts.papers())
    stray = [
        file.as_posix()
        for file in media.files_in(place.media)
        if file.parts[0] not in OTHER_FOLDERS and file.as_posix() not in known
    ]
    if stray:
        yield STRAY_PAPERS.filled(count=len(stray), example=stray[0])


def _read(file: Path) -> dict[str, Any] | None:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return {name: told[name] for name in ("number", "digest", "at")}
    except (OSError, ValueError, KeyError, TypeError):
        return None
