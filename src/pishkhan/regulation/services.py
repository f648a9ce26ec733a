"""Acts on the law: entering numbers, adopting defaults, loading the edition that is shipped."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError

from pishkhan.journal.acts import IMPORTER, Actor, begin
from pishkhan.journal.clock import today
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.refusals import Invalid, Refusal
from pishkhan.language.jalali import jalali_date
from pishkhan.language.text import Text

from .edition import shipped
from .holidays.services import ADMINISTRATOR, declare_holiday
from .keys import KEYS, is_contested
from .models import Adoption, Confidence, Holiday, Instrument, Number

DIRECTOR = "director"  # a role of people, a floor above

HAS_A_SOURCE = Text("این عدد مأخذ دارد و به تصویب نیازی نیست.", "This number has a source and needs no adoption.")
ADOPTED_ALREADY = Text(
    "این پیش‌فرض پیش‌تر در این استان تصویب شده است.", "This default was adopted for the province already."
)
NONE_CHOSEN = Text("دست‌کم یک عدد برگزینید.", "Choose at least one number.")
NO_DECISION = Text("شمارهٔ تصمیم لازم است.", "The number of the decision is needed.")
NO_SOURCE = Text(
    "قانون در این باره محل اختلاف است: مأخذی که تصمیم بر آن استوار است لازم است.",
    "The law is contested here: the source that the decision rests on is needed.",
)
UNKNOWN_KEY = Text("کلید «{key}» را هیچ بخشی از سامانه نمی‌شناسد.", "No part of the house knows the key '{key}'.")
ENTERED_ALREADY = Text("برای «{key}» از همین روز عددی هست.", "There is a number for '{key}' from that day already.")


@retried
def enter_number(
    *,
    key: str,
    value: int,
    valid_from: date,
    by: Actor,
    place: str,
    kind: str = "",
    valid_to: date | None = None,
    instrument: Instrument | None = None,
    article: str = "",
    confidence: str = Confidence.DEFAULT,
    source: str = "",
    role: str = ADMINISTRATOR,
) -> Number:
    """Enter a dated number, for a place the actor is in charge of."""
    if key not in KEYS:
        raise Invalid(UNKNOWN_KEY.filled(key=key), {"key": UNKNOWN_KEY.filled(key=key)})
    row = Number(
        key=key,
        kind=kind,
        place=place,
        value=value,
        valid_from=valid_from,
        valid_to=valid_to,
        instrument=instrument,
        article=article,
        confidence=confidence,
        source=source,
    )
    try:
        with begin(by, "regulation.enter-number", row, role=role) as entry:
            entry.facts = {
                "key": key,
                "kind": kind,
                "place": place,
                "value": value,
                "valid_from": valid_from,
                "valid_to": valid_to,
                "instrument": instrument.code if instrument else None,
                "article": article,
                "confidence": confidence,
            }
    except IntegrityError:
        raise Invalid(ENTERED_ALREADY.filled(key=key)) from None
    return row


@retried
def adopt(number: Number, *, decision: str, province: str, by: Actor, source: str = "") -> Adoption:
    """Let a default bind in a province from today on, by the director's numbered decision.

    What the law contests is adopted only with the source that the decision rests on.
    """
    if number.confidence != Confidence.DEFAULT:
        raise Refusal(HAS_A_SOURCE)
    if not decision.strip():
        raise Invalid(NO_DECISION, {"decision": NO_DECISION})
    if is_contested(number.key) and not source.strip():
        raise Invalid(NO_SOURCE, {"source": NO_SOURCE})
    row = Adoption(
        number=number, division_id=province, decision=decision.strip(), source=source.strip(), adopted_on=today()
    )
    try:
        with begin(by, "regulation.adopt", row, role=DIRECTOR) as entry:
            entry.facts = {
                "number": number.subject,
                "key": number.key,
                "value": number.value,
                "decision": row.decision,
                "source": row.source,
                "province": province,
            }
    except IntegrityError:
        raise Refusal(ADOPTED_ALREADY) from None
    return row


@retried
def adopt_all(numbers: Sequence[Number], *, decision: str, province: str, by: Actor) -> list[Adoption]:
    """Let some defaults bind in a province by one decision, all of them or none."""
    if not numbers:
        raise Invalid(NONE_CHOSEN, {"numbers": NONE_CHOSEN})
    with one_transaction():
        return [adopt(number, decision=decision, province=province, by=by) for number in numbers]


@retried
def load_edition(by: Actor = IMPORTER) -> int:
    """Enter what is shipped and not entered yet, wholly or not at all; return how many rows. What stands is kept."""
    with one_transaction():
        return _load_instruments(by) + _load_numbers(by) + _load_holidays(by)


def lacking_of_edition() -> int:
    """How many rows that are shipped are not entered."""
    return len(_lacking_instruments()) + len(_lacking_numbers()) + len(_lacking_holidays())


def _load_instruments(by: Actor) -> int:
    lacking = _lacking_instruments()
    for fields in lacking:
        row = Instrument(**fields)
        with begin(by, "regulation.enter-instrument", row, role="importer") as entry:
            entry.facts = {
                name: fields.get(name)
                for name in ("code", "number", "adopted_on", "valid_from", "valid_to", "confidence")
            }
    return len(lacking)


def _load_numbers(by: Actor) -> int:
    instruments = {row.code: row for row in Instrument.objects.all()}
    lacking = _lacking_numbers()
    for fields in lacking:
        instrument = instruments.get(fields.get("instrument", ""))
        enter_number(**fields | {"instrument": instrument}, place="", by=by, role="importer")
    return len(lacking)


def _load_holidays(by: Actor) -> int:
    lacking = _lacking_holidays()
    for day, fields in lacking:
        name = Text(fields["fa"], fields["en"])
        declare_holiday(day, name=name, by=by, place="", role="importer", kind=fields["kind"])
    return len(lacking)


def _lacking_instruments() -> list[dict[str, Any]]:
    known = set(Instrument.objects.values_list("code", flat=True))
    return [row for row in shipped("instruments")["instrument"] if row["code"] not in known]


def _lacking_numbers() -> list[dict[str, Any]]:
    """What is shipped and not entered; a default only where the deployment says nothing of its key and kind itself."""
    known = set(Number.objects.values_list("key", "kind", "place", "valid_from"))
    spoken_of = {(key, kind) for key, kind, _, _ in known}
    return [
        row
        for row in shipped("numbers")["number"]
        if (row["key"], kind := row.get("kind", ""), "", row["valid_from"]) not in known
        if row["confidence"] != Confidence.DEFAULT or (row["key"], kind) not in spoken_of
    ]


def _lacking_holidays() -> list[tuple[date, dict[str, Any]]]:
    known = set(Holiday.objects.filter(division_id="").values_list("day", "name_en"))
    days = [
        (jalali_date(*map(int, day.split("-"))), row)
        for row in shipped("holidays")["holiday"]
        for day in row.get("days", ())
    ]
    return [(day, row) for day, row in days if (day, row["en"]) not in known]
