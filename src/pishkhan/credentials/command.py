"""`pishkhan verify-licence`: the verdict on a token from files alone. It needs no database, no network, no Django."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pishkhan.journal.clock import now
from pishkhan.language.jalali import NotADay, parse_day, spoken
from pishkhan.language.text import Text

from . import keys as published
from .claim import midnight
from .cose import Malformed
from .status_list import StatusList, opened
from .verdicts import EXIT_CODES, Verdict
from .verifier import Judgement, judged

UNUSABLE = 2
CANNOT_USE = Text("{file} را نمی‌توان به کار برد: {why}", "{file} cannot be used: {why}")
LABELS = {
    "number": Text("شماره", "Number"),
    "kind": Text("نوع", "Kind"),
    "place": Text("کد جا", "Place code"),
    "form": Text("برگه", "Document"),
    "term": Text("مدت", "Term"),
    "list": Text("فهرست وضعیت", "Status list"),
}
TERM = Text("از {first} تا {last}", "from {first} to {last}")


def main(arguments: Sequence[str]) -> int:
    """Say the verdict; its exit code is that of the verdict, or 2 when something given cannot be used."""
    given = _parser().parse_args(arguments)
    try:
        keys = published.read(given.keys.read_bytes())
    except (OSError, Malformed) as wrong:
        return _unusable(given.keys, wrong, given.lang)
    lists: list[StatusList] = []
    for file in given.status:
        try:
            lists.append(opened(file.read_bytes(), keys))
        except (OSError, Malformed) as wrong:
            return _unusable(file, wrong, given.lang)
    at = datetime.fromtimestamp(midnight(given.on), UTC) if given.on else now()
    judgement = judged(given.token, keys, lists, at)
    sys.stdout.write(_in_json(judgement, keys) if given.json else _in_words(judgement, keys, given.lang))
    return judgement.verdict.exit_code


def _parser() -> argparse.ArgumentParser:
    codes = "\n".join(f"  {EXIT_CODES[verdict]:>2}  {verdict.value:<15} {verdict.text.en}" for verdict in Verdict)
    parser = argparse.ArgumentParser(
        prog="pishkhan verify-licence",
        description="Say whether a licence holds, from files alone.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"exit codes:\n{codes}\n  {UNUSABLE:>2}  a file or an option cannot be used",
    )
    parser.add_argument("token", metavar="TOKEN", help="the token, or the address that holds it")
    parser.add_argument("--keys", type=Path, required=True, metavar="FILE", help="/.well-known/pishkhan/keys.json")
    parser.add_argument(
        "--status",
        type=Path,
        required=True,
        action="append",
        metavar="FILE",
        help="/.well-known/pishkhan/status/0.cwt; may be given more than once",
    )
    parser.add_argument("--on", type=_day, metavar="DATE", help="another day than today, Jalali or Gregorian")
    parser.add_argument("--lang", choices=["fa", "en"], default="en")
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except NotADay as wrong:
        raise argparse.ArgumentTypeError(wrong.text.en) from None


def _unusable(file: Path, why: Exception, language: str) -> int:
    sys.stderr.write(CANNOT_USE.filled(file=file, why=why).to(language) + "\n")
    return UNUSABLE


def _in_json(judgement: Judgement, keys: published.Keys) -> str:
    values: dict[str, Any] = {"verdict": judgement.verdict.value, "exit_code": judgement.verdict.exit_code}
    if claim := judgement.claim:
        values |= {
            "number": claim.number,
            "kind": claim.kind,
            "kind_name": keys.kind(claim.kind)._asdict(),
            "place": claim.place,
            "form": claim.form.name.lower(),
            "index": claim.index,
            "first_day": claim.first_day.isoformat(),
            "last_day": claim.last_day.isoformat(),
        }
    if judgement.made_at is not None:
        values["list_made_at"] = datetime.fromtimestamp(judgement.made_at, UTC).isoformat()
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _in_words(judgement: Judgement, keys: published.Keys, language: str) -> str:
    lines = [judgement.verdict.text.to(language), ""]
    if claim := judgement.claim:
        term = TERM.filled(first=_spoken(claim.first_day), last=_spoken(claim.last_day))
        rows = {
            "number": Text(claim.number, claim.number),
            "kind": keys.kind(claim.kind),
            "place": Text(claim.place, claim.place),
            "form": claim.form.text,
            "term": term,
        }
        lines += [f"{LABELS[name].to(language)}: {value.to(language)}" for name, value in rows.items()] + [""]
    lines.append(judgement.verdict.advice.to(language))
    return "\n".join(lines) + "\n"


def _spoken(day: date) -> Text:
    return Text(spoken(day, "fa"), spoken(day, "en"))
