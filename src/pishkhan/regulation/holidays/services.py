"""Acts on days off: declaring one, confirming on which day a lunar one falls, withdrawing one; each by whose word."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

from django.db import IntegrityError

from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, Refusal
from pishkhan.language.text import Text
from pishkhan.regulation.models import Holiday

from .days_off import NEAR
from .rules import Rule, occurrences, rules

ADMINISTRATOR, IMPORTER = "administrator", "importer"  # roles of people, a floor above, and of a machine
Following = Callable[[Entry], None]  # what follows from an act, within it

DECLARED_ALREADY = Text("این روز با همین نام تعطیل اعلام شده است.", "That day is declared off under that name already.")
NO_SOURCE = Text("بنویسید چه کسی و کجا اعلام کرده است.", "Write who announced it, and where.")
NO_SUCH_DAY = Text("در این روز تعطیلی با این نام نیست.", "No day off of that name falls on that day.")
WITHDRAWN_ALREADY = Text("این تعطیلی پیش‌تر پس گرفته شده است.", "That day off was withdrawn already.")
TOO_FAR = Text(
    "این روز از روز حساب‌شده بیش از {days} روز دور است.",
    "That day lies more than {days} {days:day|days} from the reckoned one.",
)


def _nothing(entry: Entry) -> None:
    """Nothing follows."""


@retried
def declare_holiday(
    day: date,
    *,
    name: Text,
    by: Actor,
    place: str,
    role: str = ADMINISTRATOR,
    kind: str = Holiday.Kind.DECLARED,
    for_whom: str = Holiday.Whom.ALL,
    source: str = "",
    following: Following = _nothing,
) -> Holiday:
    """Declare a day off, perhaps after it has passed: what is counted in working days counts it from now on.

    One that was withdrawn is declared again in its own row.
    """
    _ask_source(source, role)
    old = Holiday.objects.filter(day=day, division_id=place, name_en=name.en, withdrawn=True).first()
    row = old or Holiday(day=day, division_id=place, name_en=name.en)
    try:
        with _entered(row, "regulation.declare-holiday", by, role) as entry:
            if old and not row.withdrawn:
                raise Refusal(DECLARED_ALREADY)  # somebody was quicker
            row.name_fa, row.kind, row.for_whom, row.source = name.fa, kind, for_whom, source.strip()
            row.withdrawn, row.withdrawal = False, ""
            row.save()
            _recorded(row, entry, following)
    except IntegrityError:
        raise Refusal(DECLARED_ALREADY) from None
    return row


@retried
def confirm_holiday(
    rule: Rule,
    day: date,
    *,
    by: Actor,
    place: str,
    source: str,
    role: str = ADMINISTRATOR,
    following: Following = _nothing,
) -> list[Holiday]:
    """Confirm that a lunar day off begins on a day, near to the reckoned one: all the days that it lasts.

    Where it was confirmed for other days before, those are withdrawn.
    """
    if not rule.is_lunar or reckoned_near(rule, day) is None:
        far = TOO_FAR.filled(days=NEAR.days)
        raise Invalid(far, {"day": far})
    days = [day + timedelta(days=number) for number in range(rule.length)]
    declared = list(
        Holiday.objects.filter(
            name_en=rule.name.en, division_id=place, withdrawn=False, day__range=(day - 2 * NEAR, day + 2 * NEAR)
        )
    )
    fresh = [date_off for date_off in days if date_off not in {row.day for row in declared}]
    if not fresh:
        raise Refusal(DECLARED_ALREADY)
    with one_transaction():
        for row in declared:
            if row.day not in days:
                withdraw_holiday(row, by=by, role=role, source=source)
        return [
            declare_holiday(
                date_off,
                name=rule.name,
                by=by,
                place=place,
                role=role,
                kind=rule.kind,
                source=source,
                following=following if date_off == fresh[-1] else _nothing,
            )
            for date_off in fresh
        ]


@retried
def withdraw_holiday(
    holiday: Holiday, *, by: Actor, role: str = ADMINISTRATOR, source: str = "", following: Following = _nothing
) -> Holiday:
    """Let a day that was declared off be a working day after all."""
    _ask_source(source, role)
    with act(by, "regulation.withdraw-holiday", on=holiday, role=role) as entry:
        if holiday.withdrawn:
            raise Refusal(WITHDRAWN_ALREADY)
        _withdraw(holiday, source, entry, following)
    return holiday


@retried
def withdraw_day(
    rule: Rule,
    day: date,
    *,
    by: Actor,
    place: str,
    source: str,
    role: str = ADMINISTRATOR,
    following: Following = _nothing,
) -> Holiday:
    """Let a day of a rule be a working day in a place after all."""
    if not any(date_off.rule == rule for date_off in occurrences(day, day)):
        raise Invalid(NO_SUCH_DAY)
    _ask_source(source, role)
    if old := Holiday.objects.filter(day=day, division_id=place, name_en=rule.name.en).first():
        return withdraw_holiday(old, by=by, role=role, source=source, following=following)
    row = Holiday(day=day, division_id=place, name_fa=rule.name.fa, name_en=rule.name.en, kind=rule.kind)
    try:
        with begin(by, "regulation.withdraw-holiday", row, role=role) as entry:
            _withdraw(row, source, entry, following)
    except IntegrityError:
        raise Refusal(WITHDRAWN_ALREADY) from None
    return row


def rule_named(name_en: str) -> Rule | None:
    """The rule of a name."""
    return next((rule for rule in rules() if rule.name.en == name_en), None)


def reckoned_near(rule: Rule, day: date) -> date | None:
    """The day, near to another, on which a rule begins as it is reckoned."""
    near = occurrences(day - NEAR, day + NEAR)
    return next((date_off.day for date_off in near if date_off.rule == rule and date_off.day == date_off.first), None)


def _withdraw(row: Holiday, source: str, entry: Entry, following: Following) -> None:
    row.withdrawn, row.withdrawal = True, source.strip()
    row.save()
    _recorded(row, entry, following)


def _recorded(row: Holiday, entry: Entry, following: Following) -> None:
    entry.facts = {"day": row.day, "kind": row.kind, "place": row.division_id, "for_whom": row.for_whom}
    following(entry)


def _entered(row: Holiday, name: str, by: Actor, role: str) -> AbstractContextManager[Entry]:
    return act(by, name, on=row, role=role) if row.pk else begin(by, name, row, role=role)


def _ask_source(source: str, role: str) -> None:
    if role != IMPORTER and not source.strip():
        raise Invalid(NO_SOURCE, {"source": NO_SOURCE})
