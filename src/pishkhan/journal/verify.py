"""Prove that the journal is whole, and seal it from time to time.

Both stream: whatever the number of subjects, one chunk of them is in memory.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import Max

from pishkhan.language.text import Text

from . import clock
from .canonical import canonical, digest
from .locks import one_transaction
from .models import Entry, Journalled, Seal

JOURNAL = "journal"  # the subject of checkpoints: the journal itself
CHUNK = 500  # subjects
OVERLAP = timedelta(hours=1)  # no transaction lasts so long: what committed late is still sealed by the next checkpoint

BROKEN = Text("ثبت {entry} از ثبت پیش از خود نتیجه نمی‌شود: تغییر یافته یا ثبتی پیش از آن برداشته شده است.",
              "{entry} does not follow from the entry before it: it was changed, or one before it was removed.")
RESEALED = Text("ثبت {entry} همانی نیست که نقطهٔ مهر {checkpoint} مهر کرده است.",
                "{entry} is not the entry that checkpoint {checkpoint} sealed.")
SEALED_AND_GONE = Text("ثبت {entry} را نقطهٔ مهر {checkpoint} مهر کرده و اکنون نیست.",
                       "{entry} was sealed by checkpoint {checkpoint} and is gone.")
UNLIKE_ITS_ROW = Text("سطر {subject} با آخرین ثبت خود نمی‌خواند (ثبت {number}).",
                      "{subject} does not agree with its last entry (number {number}).")
WITHOUT_ROW = Text("{subject} ثبت دارد ولی سطری ندارد.", "{subject} has entries but no row.")
CAUSE_GONE = Text("ثبت {cause} که سبب {entry} بوده است اکنون نیست.", "{cause}, which caused {entry}, is gone.")
CHECKPOINT_ALTERED = Text("مهرهای نقطهٔ مهر {number} با ریشهٔ آن نمی‌خوانند.",
                          "The seals of checkpoint {number} do not agree with its root.")
PUBLISHED_GONE = Text("نقطهٔ مهر منتشرشدهٔ {digest} در دفتر نیست.", "The published checkpoint {digest} is gone.")

Heads = dict[str, tuple[int, str]]


def problems(published: str = "") -> Iterator[Text]:
    """What is wrong with the journal, a sentence each. `published` is a digest printed outside the database."""
    yield from _checkpoint_problems(published)
    entries = seals = 0
    for rows in _chunks_of_rows():
        counts, found = _chunk_problems(rows)
        entries, seals = entries + counts[0], seals + counts[1]
        yield from found
    if (entries, seals) != (Entry.objects.exclude(subject=JOURNAL).count(), Seal.objects.count()):
        yield from _orphans()


def checkpoint() -> Entry | None:
    """Seal every head that moved since the last checkpoint; None if none did. Publish the digest of what it returns."""
    with one_transaction():
        last = Entry.objects.filter(subject=JOURNAL).last()
        moved = Entry.objects.exclude(subject=JOURNAL)
        if last:
            moved = moved.filter(at__gte=last.at - OVERLAP)
        number = last.number + 1 if last else 1
        seals = list(_unsealed(dict(moved.order_by().values_list("subject").annotate(Max("number"))), number))
        if not seals:
            return None
        Seal.objects.bulk_create(seals, batch_size=CHUNK)
        at = clock.now()
        entry = Entry(subject=JOURNAL, number=number, act="journal.checkpoint", actor="system", role="system",
                      happened_on=clock.day_of(at), at=at, facts={"seals": len(seals), "root": _root(seals)})
        entry.digest = entry.seal(last.digest if last else "")
        entry.save(force_insert=True)
    return entry


def _unsealed(heads: dict[str, int], checkpoint: int) -> Iterator[Seal]:
    for subjects in _chunks(sorted(heads)):
        sealed = set(Seal.objects.filter(subject__in=subjects).values_list("subject", "number"))
        for entry in Entry.objects.filter(subject__in=subjects).only("subject", "number", "digest"):
            if entry.number == heads[entry.subject] and (entry.subject, entry.number) not in sealed:
                yield Seal(checkpoint=checkpoint, subject=entry.subject, number=entry.number, digest=entry.digest)


def _root(seals: Any) -> str:
    """The digest over the seals in their order (a hash list: one root, whatever their number)."""
    root = ""
    for seal in seals:
        root = digest(canonical([root, seal.subject, seal.number, seal.digest]))
    return root


def _checkpoint_problems(published: str) -> Iterator[Text]:
    previous, number = "", 0
    for entry in Entry.objects.filter(subject=JOURNAL).iterator(CHUNK):
        if (entry.number, entry.digest) != (number + 1, entry.seal(previous)):
            yield BROKEN.filled(entry=entry.name)
        if entry.facts["root"] != _root(Seal.objects.filter(checkpoint=entry.number).order_by("id").iterator(CHUNK)):
            yield CHECKPOINT_ALTERED.filled(number=entry.number)
        if entry.digest == published:
            published = ""
        previous, number = entry.digest, entry.number
    if published:
        yield PUBLISHED_GONE.filled(digest=published)
    lost = Seal.objects.filter(checkpoint__gt=number).order_by("checkpoint").values_list("checkpoint", flat=True)
    yield from (CHECKPOINT_ALTERED.filled(number=each) for each in lost.distinct())


def _chunk_problems(rows: Heads) -> tuple[tuple[int, int], list[Text]]:
    """How many entries and seals the subjects have, and what is wrong with them and with the rows."""
    found: list[Text] = []
    heads, causes = dict.fromkeys(rows, (0, "")), {}
    seals = {(seal.subject, seal.number): seal for seal in Seal.objects.filter(subject__in=rows)}
    counts = (Entry.objects.filter(subject__in=rows).count(), len(seals))
    for entry in Entry.objects.filter(subject__in=rows).iterator(CHUNK):
        number, head = heads[entry.subject]
        if (entry.number, entry.digest) != (number + 1, entry.seal(head)):
            found.append(BROKEN.filled(entry=entry.name))
        seal = seals.pop((entry.subject, entry.number), None)
        if seal and seal.digest != entry.digest:
            found.append(RESEALED.filled(entry=entry.name, checkpoint=seal.checkpoint))
        if entry.because:
            causes[entry.name] = entry.because
        heads[entry.subject] = entry.number, entry.digest
    found += [SEALED_AND_GONE.filled(entry=f"{seal.subject}#{seal.number}", checkpoint=seal.checkpoint)
              for seal in seals.values()]
    found += [CAUSE_GONE.filled(cause=cause, entry=entry) for entry, cause in causes.items() if cause in _gone(causes)]
    found += [UNLIKE_ITS_ROW.filled(subject=subject, number=head[0])
              for subject, head in heads.items() if head != rows[subject] or not head[0]]
    return counts, found


def _gone(causes: dict[str, str]) -> set[str]:
    """The causes that stand in the journal no more."""
    named = {cause: cause.rsplit("#", 1) for cause in causes.values()}
    there: set[str] = set()
    for chunk in _chunks(sorted({subject for subject, _ in named.values()})):
        there |= {f"{subject}#{number}" for subject, number in
                  Entry.objects.filter(subject__in=chunk).values_list("subject", "number")}
    return set(named) - there


def _orphans() -> Iterator[Text]:
    """Subjects with entries, or seals, whose row is gone."""
    labels = {model._meta.label_lower: model for model in _journalled()}
    entries = Entry.objects.exclude(subject=JOURNAL).order_by().values_list("subject")
    for (subject,) in entries.union(Seal.objects.order_by().values_list("subject")):
        label, _, key = subject.partition(":")
        if label not in labels or not labels[label]._base_manager.filter(pk=key).exists():
            yield WITHOUT_ROW.filled(subject=subject)


def _chunks_of_rows() -> Iterator[Heads]:
    for model in _journalled():
        rows = model._base_manager.order_by("pk").values_list("pk", "revision", "head").iterator(CHUNK)
        chunk: Heads = {}
        for pk, revision, head in rows:
            chunk[f"{model._meta.label_lower}:{pk}"] = revision, head
            if len(chunk) == CHUNK:
                yield chunk
                chunk = {}
        if chunk:
            yield chunk


def _journalled() -> list[type[Journalled]]:
    return [model for model in apps.get_models() if issubclass(model, Journalled)]


def _chunks(subjects: list[str]) -> Iterator[list[str]]:
    yield from (subjects[start:start + CHUNK] for start in range(0, len(subjects), CHUNK))
