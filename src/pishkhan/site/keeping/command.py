"""The commands backup, restore, upgrade and move-database. They ask no settings: keys or database may be lost."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pishkhan.language.text import LANGUAGES, Text
from pishkhan.site.command_line.arguments import a_path

from .backups.backing_up import ON_ONE_DISK, back_up
from .backups.restoring import rehearse, restore
from .databases.carrying import move
from .databases.upgrading import upgrade
from .place import Place, here, wishes
from .progress import Progress, progress
from .refusals import NotKept
from .subprocesses import ask

MADE = Text(
    "پشتیبان درست است: {backup}\nکلیدها: {keys}\n{entries} ثبت، {files} پرونده، {bytes} بایت؛ بازگردانده و سنجیده شد.",
    "The backup is whole: {backup}\nkeys: {keys}\n{entries} {entries:entry|entries}, {files} {files:file|files}, "
    "{bytes} {bytes:byte|bytes}; restored "
    "for trial and verified.",
)
ABSENT = Text(
    "{count} مدرک که پایگاه داده نام می‌برد در پوشهٔ مدارک نبود (حذف شده یا گم شده).",
    "{count} {count:paper|papers} that the database names {count:was|were} not in the media folder (erased, or lost).",
)
RESTORED = Text(
    "پشتیبان {backup} بازگردانده شد: {entries} ثبت، درست.\n{erasures_repeated} حذف دوباره انجام شد؛ "
    "فهرست حذف‌ها تا "
    "{erasures_known_until} دانسته است.",
    "Backup {backup} is restored: {entries} {entries:entry|entries}, whole.\n"
    "{erasures_repeated} {erasures_repeated:erasure|erasures} {erasures_repeated:was|were} done again; "
    "the list of erasures is known up to {erasures_known_until}.",
)
ASIDE = Text("آنچه آنجا بود کنار گذاشته شد: {aside}", "What stood there was put aside: {aside}")
REHEARSED = Text(
    "پشتیبان {backup} آزمایشی بازگردانده شد و درست بود: {entries} ثبت.",
    "Backup {backup} was restored for trial and is whole: {entries} {entries:entry|entries}.",
)
UP_TO_DATE = Text(
    "پایگاه داده از همین نسخه است؛ کاری نبود.", "The database is of this version: nothing was to be done."
)
UPGRADED = Text(
    "پایگاه داده روزآمد شد ({names}): {entries} ثبت، درست. پشتیبان پیش از آن: {backup}",
    "The database is upgraded ({names}): {entries} {entries:entry|entries}, whole. The backup before it: {backup}",
)
MOVED = Text(
    "همهٔ {count} جدول ({rows} سطر) همان است: {entries} ثبت، درست.\nپایگاه دادهٔ پیشین دست‌نخورده است؛ "
    "DATABASE_URL را عوض کنید و آن را کنار بگذارید تا کسی بر آن کار نکند.",
    "All {count} {count:table|tables} ({rows} {rows:row|rows}) are the same: "
    "{entries} {entries:entry|entries}, whole.\nThe database before is as it "
    "was: change DATABASE_URL, and set it aside so that nobody works on it.",
)
Outcome = dict[str, Any]


def main(name: str, arguments: list[str]) -> int:
    """Run a command; exit status 0 when it was done, 1 when it was not, with a sentence on the error stream."""
    parser = argparse.ArgumentParser(prog=f"pishkhan {name}", description=DEEDS[name][2].en)
    DEEDS[name][0](parser)
    parser.add_argument("--json", action="store_true", help="say what was done as JSON")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    options = parser.parse_args(arguments)
    os.umask(0o077)
    try:
        with progress(options.lang) as bars:
            result, said = DEEDS[name][1](here(), options, bars)
    except NotKept as refused:
        sys.stderr.write(refused.text_in(options.lang) + "\n")
        return 1
    text = json.dumps(result, ensure_ascii=False) if options.json else "\n".join(line.to(options.lang) for line in said)
    sys.stdout.write(text + "\n")
    return 0


def _backup(place: Place, options: argparse.Namespace, bars: Progress) -> tuple[Outcome, list[Text]]:
    made = back_up(place, options.to, options.keys_to, options.passphrase_file, bars)
    result, journal = made.as_json(), made.manifest.journal
    if not journal["older"]:  # else the upgrade that follows records its own
        ask(place, "record backup", {"name": made.manifest.name, "entries": journal["entries"], "beside": made.beside})
    said = [MADE.filled(**result)]
    if made.manifest.absent:
        said.append(ABSENT.filled(count=len(made.manifest.absent)))
    return result, said + [ON_ONE_DISK] * made.beside


def _restore(place: Place, options: argparse.Namespace, bars: Progress) -> tuple[Outcome, list[Text]]:
    if options.rehearse:
        result = rehearse(place, options.source, options.keys, options.passphrase_file, bars).as_json()
        return result, [REHEARSED.filled(**result)]
    into = place.with_url(options.into) if options.into else place
    done = restore(into, options.source, options.keys, options.passphrase_file, bars, over=options.over)
    result = done.as_json()
    return result, [RESTORED.filled(**result)] + [ASIDE.filled(aside=done.aside)] * bool(done.aside)


def _upgrade(place: Place, options: argparse.Namespace, bars: Progress) -> tuple[Outcome, list[Text]]:
    done = upgrade(place, options.to, options.keys_to, options.passphrase_file, bars)
    result = done.as_json()
    if done.backup is None:
        return result, [UP_TO_DATE]
    ask(
        place,
        "record backup",
        {
            "name": done.backup.manifest.name,
            "beside": done.backup.beside,
            "entries": done.backup.manifest.journal["entries"],
        },
    )
    names = ", ".join([*done.migrated, *([f"law: {done.law}"] if done.law else [])])
    return result, [UPGRADED.filled(names=names, entries=done.entries, backup=result["backup"])]


def _move(place: Place, options: argparse.Namespace, bars: Progress) -> tuple[Outcome, list[Text]]:
    result = move(place, options.to, bars).as_json()
    return result, [MOVED.filled(count=len(result["tables"]), rows=result["rows"], entries=result["entries"])]


def _takes_places(parser: argparse.ArgumentParser) -> None:
    wanted = wishes()
    _takes(parser, "--to", wanted.to, "PISHKHAN_BACKUP_TO", "folder of the backups")
    _takes(parser, "--keys-to", wanted.keys_to, "PISHKHAN_BACKUP_KEYS_TO", "folder of their keys, apart from it")
    _takes_passphrase(parser)


def _takes_backup(parser: argparse.ArgumentParser) -> None:
    wanted = wishes()
    _takes(parser, "--from", wanted.to, "PISHKHAN_BACKUP_TO", "a backup, or the newest of a folder", dest="source")
    _takes(parser, "--keys", wanted.keys_to, "PISHKHAN_BACKUP_KEYS_TO", "folder of the backups' keys")
    _takes_passphrase(parser)
    parser.add_argument("--into", metavar="DATABASE_URL", help="the database to restore to (default: DATABASE_URL)")
    parser.add_argument("--over", action="store_true", help="put aside what stands there")
    parser.add_argument("--rehearse", action="store_true", help="restore for trial only, and record the day")


def _takes_passphrase(parser: argparse.ArgumentParser) -> None:
    _takes(
        parser,
        "--passphrase-file",
        wishes().passphrase,
        "PISHKHAN_BACKUP_PASSPHRASE_FILE",
        "file of the passphrase under which the keys are encrypted",
    )


def _takes(
    parser: argparse.ArgumentParser,
    option: str,
    default: Path | None,
    variable: str,
    purpose: str,
    *,
    dest: str | None = None,
) -> None:
    parser.add_argument(
        option,
        type=a_path,
        default=default,
        required=default is None,
        metavar="PATH",
        help=f"{purpose} (default: {variable})",
        **({"dest": dest} if dest else {}),
    )


def _takes_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="DATABASE_URL", help="an empty database of either engine")


Deed = Callable[[Place, argparse.Namespace, Progress], tuple[Outcome, list[Text]]]
DEEDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], Deed, Text]] = {
    "backup": (
        _takes_places,
        _backup,
        Text(
            "پشتیبان‌گیری از پایگاه داده، مدارک و کلیدها.",
            "Back up database, papers and keys, restored for trial and verified.",
        ),
    ),
    "restore": (
        _takes_backup,
        _restore,
        Text(
            "بازگرداندن پشتیبان.", "Put a backup in place, wholly or not at all, and erase again what was erased since."
        ),
    ),
    "upgrade": (
        _takes_places,
        _upgrade,
        Text(
            "روزآمد کردن پایگاه داده.",
            "Back up, bring the database up to this version, and verify; or leave it as it was.",
        ),
    ),
    "move-database": (
        _takes_address,
        _move,
        Text(
            "جابه‌جایی پایگاه داده.",
            "Carry every row to an empty database of either engine, and prove that all arrived.",
        ),
    ),
}
