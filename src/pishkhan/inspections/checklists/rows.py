"""Items of a checklist as they are read, in a form, a table or a program: each checked, with why not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from pishkhan.language.digits import ascii_digits
from pishkhan.language.tables import numbered
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind
from pishkhan.regulation.models import Instrument

from .checklist import HINDERED, Evidence, Kind, Object, Purpose, Severity

COLUMNS = (
    "code", "text", "text_en", "severity", "photo", "objects", "kinds", "visits", "purposes", "at_places",
    "can_be_absent", "instrument", "article",
)  # fmt: skip
NEEDED = ("code", "text", "text_en", "severity", "instrument", "article")
ROOM = {"text": 300, "text_en": 300, "article": 40}
LISTS: dict[str, tuple[str, ...]] = {
    "objects": tuple(Object.values),
    "kinds": tuple(OfficeKind.values),
    "visits": tuple(Kind.values),
    "purposes": tuple(Purpose.values),
    "at_places": (Kind.INITIAL.value, Kind.FINAL.value),
}
CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
YES, NO = ("", "yes", "1", "true", "بله", "بلی"), ("no", "0", "false", "نه", "خیر")
BAD_CODE = Text(
    "کد بند با حرف لاتین کوچک آغاز می‌شود و تنها حرف، رقم و زیرخط دارد، تا ۳۰ نویسه.",
    "The code of an item begins with a small letter, and has letters, digits and underscores alone, 30 at most.",
)
RESERVED = Text(
    "کد «{code}» از آنِ بازدیدهایی است که به نگاه کردن نرسیدند.", "The code '{code}' is that of hindered visits."
)
TWICE = Text("کد «{code}» دو بار آمده است.", "The code '{code}' is there twice.")
MISSING = Text("این نوشته نشده است.", "It is not read.")
TOO_LONG = Text("بلندتر از {most} نویسه است.", "It is longer than {most} {most:character|characters}.")
ONE_OF = Text("یکی از اینهاست: {codes}", "It is one of {codes}.")
SOME_OF = Text("از اینها، با کاما: {codes}", "Some of {codes}, with commas between.")
YES_OR_NO = Text("yes یا no بنویسید.", "Write yes or no.")
NO_INSTRUMENT = Text("سندی با کد «{code}» نیست.", "There is no instrument of the code '{code}'.")
BREAKS = re.compile(r"[,،;؛\s]+")


@dataclass(frozen=True)
class ItemFacts:
    """An item as it is kept, besides its place in the edition."""

    code: str
    text_fa: str
    text_en: str
    severity: str
    evidence: str = Evidence.NONE.value
    objects_seen: str = Object.OFFICE.value
    kinds: str = ""
    visits: str = ""
    purposes: str = ""
    at_places: str = ""
    can_be_absent: bool = True
    instrument: Instrument | None = None
    article: str = ""


@dataclass
class ReadItems:
    """The items that were read, and what is wrong with some: by the number of the row, column and why."""

    items: list[ItemFacts] = field(default_factory=list)
    faults: list[tuple[int, str, Text]] = field(default_factory=list)


def read_items(rows: Iterable[Mapping[str, Any]], *, first: int = 1) -> ReadItems:
    """Items as rows state them, each checked by itself and against the others; those of no file count from `first`."""
    known = {row.code: row for row in Instrument.objects.all()}
    read, seen = ReadItems(), set()
    for row in numbered(rows, first=first):
        data = {name: _text(row.get(name)) for name in COLUMNS}
        data |= {name: ascii_digits(data[name]) for name in COLUMNS if name not in ("text", "text_en", "article")}
        wrong = _faults(data, known)
        if data["code"] in seen:
            wrong.setdefault("code", TWICE.filled(code=data["code"]))
        seen.add(data["code"])
        read.faults += [(row.number, column, why) for column, why in wrong.items()]
        if not wrong:
            read.items.append(_facts(data, known))
    return read


def _faults(data: Mapping[str, str], known: Mapping[str, Instrument]) -> dict[str, Text]:
    """What is wrong with a row, by column."""
    wrong = {name: MISSING for name in NEEDED if not data[name]}
    wrong |= {name: TOO_LONG.filled(most=most) for name, most in ROOM.items() if len(data[name]) > most}
    if data["code"] and not CODE.fullmatch(data["code"]):
        wrong["code"] = BAD_CODE
    elif data["code"] in {item.code for item in HINDERED.values()}:
        wrong["code"] = RESERVED.filled(code=data["code"])
    for name, choices in (("severity", Severity), ("photo", Evidence)):
        if data[name] and data[name] not in choices.values:
            wrong[name] = ONE_OF.filled(codes=_spelt(choices))
    for name, codes in LISTS.items():
        if set(_listed(data[name])) - set(codes):
            wrong[name] = SOME_OF.filled(codes=", ".join(codes))
    if data["can_be_absent"].lower() not in (*YES, *NO):
        wrong["can_be_absent"] = YES_OR_NO
    if data["instrument"] and data["instrument"] not in known:
        wrong["instrument"] = NO_INSTRUMENT.filled(code=data["instrument"][:40])
    return wrong


def _facts(data: Mapping[str, str], known: Mapping[str, Instrument]) -> ItemFacts:
    lists = {name: ",".join(code for code in codes if code in _listed(data[name])) for name, codes in LISTS.items()}
    objects = lists.pop("objects") or Object.OFFICE.value
    if Object.PROPOSED_PLACE.value in objects and not lists["at_places"]:
        lists["at_places"] = ",".join(LISTS["at_places"])
    return ItemFacts(
        code=data["code"],
        text_fa=data["text"],
        text_en=data["text_en"],
        severity=data["severity"],
        evidence=data["photo"] or Evidence.NONE.value,
        objects_seen=objects,
        can_be_absent=data["can_be_absent"].lower() in YES,
        instrument=known[data["instrument"]],
        article=data["article"],
        **lists,
    )


def written(facts: ItemFacts) -> dict[str, str]:
    """An item as a row of the table, which `read_items` reads."""
    return {
        "code": facts.code,
        "text": facts.text_fa,
        "text_en": facts.text_en,
        "severity": facts.severity,
        "photo": facts.evidence,
        "objects": facts.objects_seen,
        "can_be_absent": "yes" if facts.can_be_absent else "no",
        "instrument": facts.instrument.code if facts.instrument else "",
        "article": facts.article,
    } | {name: getattr(facts, name) for name in ("kinds", "visits", "purposes", "at_places")}


def _listed(text: str) -> list[str]:
    return [code for code in BREAKS.split(text.strip()) if code]


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).strip()


def _spelt(choices: type[Enum]) -> str:
    return ", ".join(str(choice.value) for choice in choices)
