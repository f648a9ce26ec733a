"""Prove that the journal is whole, and that the rows it tells of are as it left them.

Every chain follows from its beginning, every checkpoint holds, and every table agrees with the last entry about each
subject. It streams: whatever the number of subjects, one chunk of them is in memory.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from pishkhan.journal.erasure import erasable_text
from pishkhan.journal.models import Access, Entry, Seal, Secret, Series, Words
from pishkhan.journal.sealing.declarations import Format, Formats, formats
from pishkhan.journal.sealing.states import reader_of
from pishkhan.journal.sealing.triggers import missing_guards, strangers
from pishkhan.language.text import Text

from . import faults
from .chains import Chunk, Totals, entries_of
from .checkpoints import ACCESS, CHECKPOINT, CHUNK, JOURNAL, PRUNED, WRITTEN_BY_THEN, root_of, root_of_access
from .snapshot import one_moment
from .sql import ask, select
from .unreadable import OF_CONTENT, readable, unreadable


def problems(published: str = "", given: Formats | None = None) -> Iterator[Text]:
    """What is wrong with the journal, a sentence each. `published` is a digest printed outside the database.

    `given` are the formats in which rows were sealed, where they are not those of this version.
    """
    given = given or formats()
    totals = Totals()
    with one_moment():
        for name in missing_guards(connection):
            yield faults.NO_GUARD.filled(name=name)
        yield from (faults.STRANGE.filled(name=name) for name in strangers(connection))
        yield from readable(JOURNAL, _own_chain(published))
        yield from readable(JOURNAL, _access_log())
        for found in given.journalled:
            for keys in keys_of(found):
                yield from _chunk(given, found.label, keys, totals)
        yield from readable(JOURNAL, _never_sealed())
        yield from _whole_tables(given, totals)
        yield from _secrets(totals)
        yield from _series(totals)


def _chunk(given: Formats, label: str, keys: list[Any], totals: Totals) -> Iterator[Text]:
    """What is wrong with some subjects. What cannot be read is sought by halves, so that one subject is named."""
    own, half, chunk = Totals(), len(keys) // 2, Chunk(given, label, keys)
    try:
        told = list(chunk.problems(own))
    except OF_CONTENT as error:
        own = Totals()  # what was summed up before it failed is summed up again
        told = (
            [*_chunk(given, label, keys[:half], own), *_chunk(given, label, keys[half:], own)]
            if half
            else list(unreadable(chunk.names[0], error))
        )
    totals.add(own)
    yield from told


def _own_chain(published: str) -> Iterator[Text]:
    """The chain of checkpoints and all else that the journal says of itself."""
    previous, number = "", 0
    for entry in entries_of([JOURNAL]):
        if entry.number != number + 1 or entry.digest != entry.sealed_after(previous):
            yield faults.BROKEN.filled(entry=entry.name)
        seals = Seal.objects.filter(checkpoint=entry.number).order_by("id")
        if entry.act == CHECKPOINT and entry.facts.get("root") != root_of(seals.iterator(CHUNK)):
            yield faults.CHECKPOINT_ALTERED.filled(number=entry.number)
        if entry.digest == published:
            published = ""
        previous, number = entry.digest, entry.number
    if published:
        yield faults.PUBLISHED_GONE.filled(digest=published)
    checkpoints = Entry.objects.filter(subject=JOURNAL, act=CHECKPOINT).values("number")
    lost = Seal.objects.exclude(checkpoint__in=checkpoints).order_by("checkpoint").values_list("checkpoint", flat=True)
    yield from (faults.CHECKPOINT_ALTERED.filled(number=each) for each in lost.distinct())


def _never_sealed() -> Iterator[Text]:
    """Subjects with an entry that a checkpoint passed by: it got its place among those before later.

    What PostgreSQL had begun to write when a checkpoint was made is sealed by one that is made an hour later, or more.
    """
    made = list(Entry.objects.filter(subject=JOURNAL, act=CHECKPOINT).order_by("number").values_list("at", "facts"))
    upto = max(
        (facts["upto"] for at, facts in made if not facts["newest"] or at <= made[-1][0] - WRITTEN_BY_THEN), default=0
    )
    query = select(
        "DISTINCT subject",
        "journal_entry e",
        "WHERE id <= %s AND subject <> %s AND NOT EXISTS (SELECT 1 FROM journal_seal s",
        "WHERE s.subject = e.subject AND s.number >= e.number) ORDER BY subject",
    )
    yield from (faults.NEVER_SEALED.filled(subject=subject) for (subject,) in ask(query, [upto, JOURNAL]))


def _access_log() -> Iterator[Text]:
    sealed = list(Entry.objects.filter(subject=JOURNAL, act__in=[ACCESS, PRUNED]))
    pruned = max((entry.facts["upto"] for entry in sealed if entry.act == PRUNED), default=0)
    if Access.objects.filter(pk__lte=pruned).exists():
        yield faults.ACCESS_ALTERED.filled(since=0, upto=pruned)
    for facts in (entry.facts for entry in sealed if entry.act == ACCESS and entry.facts["upto"] > pruned):
        rows = Access.objects.filter(pk__gt=facts["since"], pk__lte=facts["upto"]).order_by("pk")
        if root_of_access(rows) != (facts["count"], facts["root"], facts["upto"]):
            yield faults.ACCESS_ALTERED.filled(since=facts["since"], upto=facts["upto"])


def keys_of(found: Format) -> Iterator[list[Any]]:
    """The keys of a table, chunk by chunk."""
    key = found.key.column
    end = f"ORDER BY {key} LIMIT {CHUNK}"
    keys = [row[0] for row in ask(select(key, found.table, end))]
    while keys:
        yield keys
        keys = [row[0] for row in ask(select(key, found.table, f"WHERE {key} > %s", end), [keys[-1]])]


def _whole_tables(given: Formats, totals: Totals) -> Iterator[Text]:
    """What the chunks did not come upon: entries, seals, words and rows that belong to no subject."""
    if (totals.entries, totals.seals) != (Entry.objects.exclude(subject=JOURNAL).count(), Seal.objects.count()):
        yield from _without_row(given)
    if unknown := Words.objects.count() - totals.words:
        yield faults.WORDS_UNKNOWN.filled(count=unknown)
    for found in given.by_label.values():
        if found.owner and (strangers := _count(found) - totals.rows[found.label]):
            said = faults.BOUND_UNKNOWN if found in given.bound else faults.WITHOUT_OWNER
            yield said.filled(count=strangers, label=found.label)


def _without_row(given: Formats) -> Iterator[Text]:
    """Subjects with entries, or seals, whose row is gone."""
    labels = {found.label for found in given.journalled}
    entries = Entry.objects.exclude(subject=JOURNAL).order_by().values_list("subject")
    for (subject,) in entries.union(Seal.objects.order_by().values_list("subject")):
        label, _, key = str(subject).partition(":")  # SQLite takes bytes for a subject too
        if label not in labels or not _has_row(reader_of(given, label).format, key):
            yield faults.WITHOUT_ROW.filled(subject=subject)


def _has_row(found: Format, key: str) -> bool:
    raw = key.replace("-", "") if connection.vendor == "sqlite" and found.key.type == "uuid" else key
    return bool(ask(select("1", found.table, f"WHERE {found.key.column} = %s"), [raw]))


def _count(found: Format) -> int:
    count: int = ask(select("count(*)", found.table))[0][0]
    return count


def _secrets(totals: Totals) -> Iterator[Text]:
    """Words that are gone were erased by an act, and every secret that is there can be opened."""
    for whose, entry, name in totals.words_gone:
        if whose not in totals.erased:
            yield faults.WORDS_GONE.filled(entry=entry, field=name)
    held = Secret.objects.values("whose")
    for whose in Words.objects.exclude(whose__in=held).order_by("whose").values_list("whose", flat=True).distinct():
        yield faults.SECRET_GONE.filled(whose=whose)
    for whose, wrapped in Secret.objects.values_list("whose", "wrapped").iterator(CHUNK):
        if not erasable_text.can_open(whose, bytes(wrapped)):
            yield faults.SECRET_ALTERED.filled(whose=whose)


def _series(totals: Totals) -> Iterator[Text]:
    """Every series stands where its numbers, given one after the other without a gap, have brought it."""
    stands = {f"{row.code}/{row.year}": row.last for row in Series.objects.all() if row.last}
    for series in sorted(stands.keys() | totals.numbers):
        last = stands.get(series, 0)
        if sorted(totals.numbers[series]) != list(range(1, last + 1)):
            yield faults.SERIES_ALTERED.filled(series=series, last=last)
