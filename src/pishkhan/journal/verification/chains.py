"""Verifying a chunk of subjects: their chains, and their rows against what their last entries sealed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max

from pishkhan.journal.erasure.erasable_text import secrets_of
from pishkhan.journal.models import Entry, Seal, Words
from pishkhan.journal.sealing.canonical import digest
from pishkhan.journal.sealing.declarations import Column, Formats
from pishkhan.journal.sealing.states import bound_digests, subjects
from pishkhan.journal.sealing.values import CONVERTERS
from pishkhan.language.text import Text

from . import faults
from .sql import any_of, select

COLUMNS = tuple(
    Column(name, name, kind)
    for name, kind in (
        ("subject", "text"),
        ("number", "integer"),
        ("act", "text"),
        ("actor", "text"),
        ("role", "text"),
        ("on_behalf_of", "text"),
        ("acting", "boolean"),
        ("because", "text"),
        ("happened_on", "date"),
        ("at", "instant"),
        ("facts", "json"),
        ("bound", "json"),
        ("state", "text"),
        ("digest", "text"),
    )
)
FETCHED = 2000  # rows at a time
RESEAL = "journal.reseal"  # the act that seals anew what a migration changed
NOTHING = (0, "", "")  # what stands before the first entry


class Written(NamedTuple):
    """An entry as the database holds it, in the form in which it is sealed."""

    subject: str
    number: int
    act: str
    actor: str
    role: str
    on_behalf_of: str
    acting: bool
    because: str
    happened_on: str
    at: str
    facts: dict[str, Any]
    bound: dict[str, Any]
    state: str
    digest: str

    @property
    def name(self) -> str:
        return f"{self.subject}#{self.number}"

    def sealed_after(self, previous: str) -> str:
        """The digest that it must have after the one before it."""
        return digest([previous, *self[:-1]])


@dataclass
class Totals:
    """What is summed up over all subjects, and compared with whole tables in the end."""

    entries: int = 0
    seals: int = 0
    words: int = 0
    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # by label
    numbers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # by series
    erased: set[str] = field(default_factory=set)  # whose secrets entries say were destroyed
    words_gone: list[tuple[str, str, str]] = field(default_factory=list)  # whose, of which entry, which field

    def add(self, other: "Totals") -> None:
        """Add what was summed up over other subjects."""
        self.entries += other.entries
        self.seals += other.seals
        self.words += other.words
        self.erased |= other.erased
        self.words_gone += other.words_gone
        for label, count in other.rows.items():
            self.rows[label] += count
        for series, given in other.numbers.items():
            self.numbers[series] += given


def entries_of(named: Sequence[str]) -> Iterator[Written]:
    """The entries about some subjects, by subject and number."""
    known = CONVERTERS[connection.vendor]
    plain = connection.vendor == "postgresql"
    asked = ", ".join(
        f'"{each.name}"' if plain or each.type not in (*known, "date") else f'+"{each.name}"' for each in COLUMNS
    )
    converters = [(place, known[each.type]) for place, each in enumerate(COLUMNS) if each.type in known]
    with connection.cursor() as cursor:
        cursor.execute(select(asked, "journal_entry WHERE subject", any_of(named), "ORDER BY subject, number"), named)
        while rows := cursor.fetchmany(FETCHED):
            for row in rows:
                values = list(row)
                for place, convert in converters:
                    values[place] = convert(values[place])
                yield Written._make(values)


class Chunk:
    """Some subjects of one label, by their keys as the database holds them."""

    def __init__(self, given: Formats, label: str, keys: Sequence[Any]) -> None:
        name = CONVERTERS[connection.vendor].get(given.by_label[label].key.type, str)
        self._given, self._label, self._keys = given, label, keys
        self.names = [f"{label}:{name(key)}" for key in keys]
        self._heads: dict[str, tuple[int, str, str]] = {}  # number, digest and state of the last entry
        self._words: dict[tuple[str, int, str], tuple[str, str]] = {}  # whose, and the digest of what is stored
        self._bound: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)  # digest and entry, by label and key
        self._causes: dict[str, str] = {}

    def problems(self, totals: Totals) -> Iterator[Text]:
        """What is wrong with their chains, rows, words and causes."""
        yield from self._chains(totals)
        yield from self._rows(totals)
        yield from self._stored_words(totals)
        yield from self._bound_rows(totals)
        yield from (
            faults.CAUSE_GONE.filled(cause=cause, entry=entry)
            for entry, cause in self._causes.items()
            if not self._stands(cause)
        )

    def _chains(self, totals: Totals) -> Iterator[Text]:
        heads = self._heads
        seals = {
            (subject, number): (sealed, checkpoint)
            for subject, number, sealed, checkpoint in Seal.objects.filter(subject__in=self.names).values_list(
                "subject", "number", "digest", "checkpoint"
            )
        }
        totals.seals += len(seals)
        for entry in entries_of(self.names):
            number, head, _ = heads.get(entry.subject, NOTHING)
            if entry.number != number + 1 or entry.digest != entry.sealed_after(head):
                yield faults.BROKEN.filled(entry=entry.name)
            if seals and (seal := seals.pop((entry.subject, entry.number), None)) and seal[0] != entry.digest:
                yield faults.RESEALED.filled(entry=entry.name, checkpoint=seal[1])
            if entry.because:
                self._causes[entry.name] = entry.because
            if entry.bound:
                yield from self._bound_by(entry, totals)
            heads[entry.subject] = entry.number, entry.digest, entry.state
            totals.entries += 1
        for (subject, number), (_, checkpoint) in seals.items():
            yield faults.SEALED_AND_GONE.filled(entry=f"{subject}#{number}", checkpoint=checkpoint)

    def _bound_by(self, entry: Written, totals: Totals) -> Iterator[Text]:
        """Note what an entry says of words, erasures, numbers and rows that it wrote beside its subject's; and tell
        if it found its subject altered."""
        for kind, held in entry.bound.items():
            if kind == "words":
                self._words |= {
                    (entry.subject, entry.number, name): (word["whose"], word["stored"]) for name, word in held.items()
                }
            elif kind == "erased":
                totals.erased.update(held)
            elif kind == "found":
                if entry.act != RESEAL:
                    yield faults.ALTERED_BEFORE.filled(subject=entry.subject, number=entry.number)
            elif kind == "numbers":
                for series, number in held.items():
                    totals.numbers[series].append(number)
            else:
                self._bound[kind] |= {key: (stored, entry.name) for key, stored in held.items()}

    def _rows(self, totals: Totals) -> Iterator[Text]:
        """The rows agree with the chains: none was changed, added or removed but by an act."""
        found = subjects(
            self._given,
            self._label,
            " BETWEEN %s AND %s",
            [self._keys[0], self._keys[-1]],
            Secrets(self.names),
            counted=totals.rows,
        )
        for subject in found:
            number, head, state = self._heads.get(subject.name, NOTHING)
            if not number or (number, head) != (subject.revision, subject.head):
                yield faults.UNLIKE_ITS_ROW.filled(subject=subject.name, number=number)
            elif state != subject.state:
                yield faults.ALTERED.filled(subject=subject.name, number=number)

    def _stored_words(self, totals: Totals) -> Iterator[Text]:
        rows = Words.objects.filter(subject__in=self.names)
        for subject, number, name, whose, ciphertext in rows.values_list(
            "subject", "number", "field", "whose", "ciphertext"
        ).iterator(FETCHED):
            expected = self._words.pop((subject, number, name), None)
            if expected is None:
                continue  # counted in the end
            totals.words += 1
            if expected != (whose, sha256(ciphertext).hexdigest()):
                yield faults.WORDS_ALTERED.filled(entry=f"{subject}#{number}", field=name)
        totals.words_gone += [
            (whose, f"{subject}#{number}", name) for (subject, number, name), (whose, _) in self._words.items()
        ]

    def _bound_rows(self, totals: Totals) -> Iterator[Text]:
        """Rows that an entry wrote beside its subject's, and that nothing changes."""
        for label, expected in self._bound.items():
            there = bound_digests(self._given, label, expected)
            totals.rows[label] += len(there)
            yield from (
                faults.BOUND_ALTERED.filled(name=f"{label}:{key}", entry=entry)
                for key, (stored, entry) in expected.items()
                if there.get(key) != stored
            )

    def _stands(self, cause: str) -> bool:
        subject, _, number = cause.rpartition("#")
        return number.isdecimal() and 0 < int(number) <= self._last_numbers.get(subject, 0)

    @cached_property
    def _last_numbers(self) -> dict[str, int]:
        """How far the chains go that causes name."""
        named = {cause.rpartition("#")[0] for cause in self._causes.values()}
        elsewhere = Entry.objects.filter(subject__in=named - self._heads.keys()).order_by()
        return {subject: head[0] for subject, head in self._heads.items() if subject in named} | dict(
            elsewhere.values_list("subject").annotate(Max("number"))
        )


class Secrets:
    """The secrets of some subjects, all looked up when the first is wanted."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._held: dict[str, bytes | None] | None = None

    def __call__(self, subject: str) -> bytes | None:
        if self._held is None:
            self._held = secrets_of(self._names)
        return self._held.get(subject)
