"""The journal's own chain: checkpoints that seal every head that moved, the access log day by day, and formats.

Publish the digest of a checkpoint somewhere outside, and nothing before it can be cut off unseen. What moved is known
by the number of its row, not by a clock: what was recorded while a clock was set back is sealed like all else.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max, Min

from pishkhan.journal import clock
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Access, Entry, Seal, Series
from pishkhan.journal.sealing.canonical import canonical, digest
from pishkhan.journal.sealing.declarations import Formats, formats

JOURNAL = "journal"  # the subject of the journal's own chain
CHECKPOINT, FORMATS = "journal.checkpoint", "journal.formats"
ACCESS, PRUNED = "journal.seal-access", "journal.prune-access"
CHUNK = 1000
WRITTEN_BY_THEN = timedelta(hours=1)  # no request lasts so long


@retried
def checkpoint() -> Entry | None:
    """Seal every head that moved since the last checkpoint; None if none did. Publish the digest of what it returns."""
    with one_transaction():
        last = _last_of_all()
        number = last.number + 1 if last else 1
        upto = Entry.objects.aggregate(Max("pk"))["pk__max"] or 0
        oldest, newest = _transactions()
        moved = Entry.objects.exclude(subject=JOURNAL).filter(pk__gt=_settled(oldest), pk__lte=upto)
        heads = dict(moved.order_by().values_list("subject").annotate(Max("number")))
        seals = list(_unsealed(heads, number))
        if not seals:
            return None
        Seal.objects.bulk_create(seals, batch_size=CHUNK)
        return _append(last, CHECKPOINT, {"seals": len(seals), "root": root_of(seals), "upto": upto, "newest": newest})


@retried
def seal_access() -> Entry | None:
    """Seal what the access log holds of days that ended an hour ago; None if nothing is left to be sealed."""
    with one_transaction():
        last, sealed = _last_of_all(), _last(ACCESS)
        since = sealed.facts["upto"] if sealed else 0
        day = datetime.combine(clock.day_of(clock.now() - WRITTEN_BY_THEN), time(), clock.TEHRAN)
        today = Access.objects.filter(pk__gt=since, at__gte=day).aggregate(Min("pk"))["pk__min"]
        rows = Access.objects.filter(pk__gt=since).order_by("pk")
        count, root, upto = root_of_access(rows.filter(pk__lt=today) if today else rows)
        if not count:
            return None
        return _append(last, ACCESS, {"since": since, "upto": upto, "count": count, "root": root})


@retried
def prune_access(*, older_than_days: int) -> int:
    """Remove sealed days of the access log that are old enough, in an act of the journal; return how many lines."""
    until = clock.now() - timedelta(days=older_than_days)
    with one_transaction():
        last = _last_of_all()
        kept = Access.objects.filter(at__gte=until).aggregate(Min("pk"))["pk__min"]
        days = Entry.objects.filter(subject=JOURNAL, act=ACCESS).order_by("-number").values_list("facts", flat=True)
        upto = next((facts["upto"] for facts in days if kept is None or facts["upto"] < kept), None)
        gone = Access.objects.filter(pk__lte=upto).delete()[0] if upto is not None else 0
        if gone:
            _append(last, PRUNED, {"upto": upto, "count": gone})
    return gone


@retried
def record_formats() -> Entry | None:
    """Write down in which formats this version seals rows, if that is not the last thing the journal says of it."""
    with one_transaction():
        last, known = _last_of_all(), _last(FORMATS)
        facts = canonical({"formats": formats().as_facts()})
        if known and known.facts == facts:
            return None
        return _append(last, FORMATS, facts)


def recorded_formats() -> Formats | None:
    """The formats in which the rows of this database are sealed, as its journal says; None if it does not say."""
    known = _last(FORMATS)
    return Formats.from_facts(known.facts["formats"]) if known else None


def not_sealed_yet() -> tuple[int, datetime | None]:
    """How many entries no checkpoint has sealed yet, and since when the first of them waits."""
    sealed = _last(CHECKPOINT)
    waiting = Entry.objects.exclude(subject=JOURNAL).filter(pk__gt=sealed.facts["upto"] if sealed else 0)
    return waiting.count(), waiting.aggregate(Min("at"))["at__min"]


def root_of(seals: Iterable[Seal]) -> str:
    """The digest over the seals in their order (a hash list: one root, whatever their number)."""
    root = ""
    for seal in seals:
        root = digest([root, seal.subject, seal.number, seal.digest])
    return root


def root_of_access(rows: Any) -> tuple[int, str, int]:
    """How many lines of the access log these are, the digest over them in their order, and the key of the last."""
    count, root, key = 0, "", 0
    fields = "pk", "at", "actor", "subject", "what", "refused"
    for key, at, *line in rows.values_list(*fields).iterator(CHUNK):
        count, root = count + 1, digest([root, key, at.isoformat(), *line])
    return count, root, key


def _append(last: Entry | None, act: str, facts: dict[str, Any]) -> Entry:
    at = clock.now()
    entry = Entry(
        subject=JOURNAL,
        number=last.number + 1 if last else 1,
        act=act,
        actor="system",
        role="system",
        happened_on=clock.day_of(at),
        at=at,
        facts=facts,
    )
    entry.digest = entry.seal(last.digest if last else "")
    entry.save(force_insert=True)
    return entry


def _last_of_all() -> Entry | None:
    """The last entry of the journal's own chain, which nobody else adds to meanwhile."""
    row, _ = Series.objects.get_or_create(code=JOURNAL, year=0)
    lock(row)
    return Entry.objects.filter(subject=JOURNAL).last()


def _transactions() -> tuple[int, int]:
    """Which transaction is the oldest that may still commit, and which is the next to begin.

    PostgreSQL gives keys before they commit, so that a key may appear after greater ones. SQLite has one writer.
    """
    if connection.vendor != "postgresql":
        return 0, 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(now), pg_snapshot_xmax(now) FROM pg_current_snapshot() AS now")
        oldest, newest = cursor.fetchone()
    return int(oldest), int(newest)


def _settled(oldest: int) -> int:
    """The key up to which a checkpoint has seen all: whatever was being written then has come to its end since."""
    known = Entry.objects.filter(subject=JOURNAL, act=CHECKPOINT).order_by("-number").values_list("facts", flat=True)
    return next((facts["upto"] for facts in known.iterator(CHUNK) if facts["newest"] <= oldest), 0)


def _last(act: str) -> Entry | None:
    return Entry.objects.filter(subject=JOURNAL, act=act).last()


def _unsealed(heads: dict[str, int], checkpoint: int) -> Iterator[Seal]:
    for subjects in _chunks(sorted(heads)):
        sealed = set(Seal.objects.filter(subject__in=subjects).values_list("subject", "number"))
        for entry in Entry.objects.filter(subject__in=subjects).only("subject", "number", "digest"):
            if entry.number == heads[entry.subject] and (entry.subject, entry.number) not in sealed:
                yield Seal(checkpoint=checkpoint, subject=entry.subject, number=entry.number, digest=entry.digest)


def _chunks(subjects: list[str]) -> Iterator[list[str]]:
    yield from (subjects[start : start + CHUNK] for start in range(0, len(subjects), CHUNK))
