"""What the law says on a day, for a kind of office, in a place; and where it says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from pishkhan.journal.read_once import once
from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text

from .edition import shipped
from .keys import KEYS, Key
from .models import Adoption, Confidence, Number

NONE_FOUND = Text("برای «{meaning}» در {on} عددی در مقررات نیست.", "There is no number for '{meaning}' on {on}.")
UNSOURCED = Text("پیش‌فرض، بی‌مأخذ قانونی", "default, no legal source")
DECIDED = Text("تصمیم شمارهٔ {decision} مدیرکل", "decision {decision} of the director-general")
DECIDED_ON = Text(
    "تصمیم شمارهٔ {decision} مدیرکل، بر پایهٔ {source}",
    "decision {decision} of the director-general, resting on {source}",
)
ARTICLE = Text("{title}، مادهٔ {article}", "{title}, art. {article}")


class NoNumber(Refusal):
    """The law holds no number for a key on a day."""


@dataclass(frozen=True)
class DatedValue:
    """A number of the law as it applies, and where it comes from."""

    key: str
    value: int
    unit: str
    instrument: str  # its code; empty for a default
    article: str
    confidence: str
    decision: str  # that adopted it, if one did
    binds: bool
    citation: Text
    ref: str  # "legal-number:12"


def number(key: Key, *, on: date, kind: str = "", place: str = "") -> DatedValue:
    """The number of a key on a day, of the narrowest scope that fits; NoNumber if there is none.

    A place counts before a kind, a longer code before a shorter one.
    """
    return once(("number", key.code, on, kind, place), lambda: _number(key, on, kind, place))


def _number(key: Key, on: date, kind: str, place: str) -> DatedValue:
    places = [place[:length] for length in range(len(place) + 1)]
    rows = in_force(on, place).filter(key=key.code, kind__in={kind, ""}, place__in=places)
    best = max(rows, key=lambda row: (len(row.place), bool(row.kind), row.valid_from), default=None)
    if best is None:
        raise NoNumber(NONE_FOUND.filled(meaning=key.meaning, on=on.isoformat()))
    return DatedValue(
        key=key.code,
        value=best.value,
        unit=key.unit,
        instrument=best.instrument.code if best.instrument else "",
        article=best.article,
        confidence=best.confidence,
        decision=best.decision or "",
        binds=best.confidence != Confidence.DEFAULT or bool(best.decision),
        citation=citation_of(best),
        ref=best.subject,
    )


class Terms:
    """The values of some keys, read once for many questions: for lists, where each row is of its own day and place."""

    def __init__(self, keys: Iterable[Key]) -> None:
        rows = Number.objects.filter(key__in={key.code for key in keys}).values_list(
            "key", "kind", "place", "valid_from", "valid_to", "value"
        )
        self._rows: dict[str, list[Any]] = {}
        for key, *row in rows:
            self._rows.setdefault(key, []).append(row)

    def values(self, key: Key) -> list[int]:
        """Every value that a key ever has, anywhere."""
        return [row[-1] for row in self._rows.get(key.code, ())]

    def value(self, key: Key, *, on: date, kind: str, place: str) -> int:
        """As `number(...).value`."""
        fits = [
            (len(where), bool(what), start, value)
            for what, where, start, end, value in self._rows.get(key.code, ())
            if start <= on and (end is None or on < end) and what in ("", kind) and place.startswith(where)
        ]
        if not fits:
            raise NoNumber(NONE_FOUND.filled(meaning=key.meaning, on=on.isoformat()))
        return int(max(fits)[-1])


def in_force(on: date, place: str = "") -> QuerySet[Any]:
    """Every number that holds on a day, each with the decision (`.decision`) by which a place adopted it."""
    return (
        Number.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)
        .select_related("instrument")
        .annotate(decision=_adoption(on, place, "decision"), rests_on=_adoption(on, place, "source"))
    )


def unsourced_defaults(on: date, place: str) -> QuerySet[Number]:
    """The defaults that hold on a day and wait for a director to adopt them for a place.

    What the law contests waits for nobody: it stands aside until a director finds a source.
    """
    return _not_adopted(on, place).exclude(key__in=_contested_keys())


def contested_defaults(on: date, place: str) -> QuerySet[Number]:
    """What the law contests and no director adopted for a place."""
    return _not_adopted(on, place).filter(key__in=_contested_keys())


def _not_adopted(on: date, place: str) -> QuerySet[Number]:
    return in_force(on, place).filter(confidence=Confidence.DEFAULT, decision=None).order_by("key", "kind", "place")


def _contested_keys() -> list[str]:
    return [code for code, key in KEYS.items() if key.contested]


def cited(instrument: str, article: str = "") -> Text:
    """An instrument that declarations in code name, by its code, and an article of it, as they are cited."""
    title = _titles()[instrument]
    return ARTICLE.filled(title=title, article=article) if article else title


@cache
def _titles() -> dict[str, Text]:
    """The titles of the instruments that are shipped: what is declared in code cites no other."""
    shipped_titles = {
        row["code"]: Text(row["title_fa"], row["title_en"]) for row in shipped("instruments")["instrument"]
    }
    return shipped_titles | {"house": Text("تصمیم این سامانه دربارهٔ چهار چشم", "Decision of this house on four eyes")}


def _adoption(on: date, place: str, column: str) -> Subquery:
    adopted = Adoption.objects.filter(number=OuterRef("pk"), division_id__in=[place[:2], place], adopted_on__lte=on)
    return Subquery(adopted.values(column)[:1])


def citation_of(row: Number) -> Text:
    """Where a number comes from: its instrument, the decision that adopted it, or that it has no source."""
    decision: str | None = getattr(row, "decision", None)
    source: str | None = getattr(row, "rests_on", None)
    if decision:
        return DECIDED_ON.filled(decision=decision, source=source) if source else DECIDED.filled(decision=decision)
    if row.instrument is None:
        contested = KEYS[row.key].contested if row.key in KEYS else None
        return contested or UNSOURCED
    return ARTICLE.filled(title=row.instrument.title, article=row.article) if row.article else row.instrument.title
