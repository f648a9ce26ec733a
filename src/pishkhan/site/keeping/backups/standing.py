"""When this deployment was last backed up and a restore rehearsed; what is to be said of it; whose turn it is."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.erasure import erasures
from pishkhan.journal.locks import retried
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.site.keeping.place import Wishes
from pishkhan.site.models import Deployment
from pishkhan.site.operations.deployment import deployment

LIMIT = timedelta(days=2)  # a daily backup that failed once is told a day later
AGAIN = timedelta(hours=1)  # before what failed is tried again

NEVER = Text(
    "هیچ پشتیبانی از این سامانه گرفته نشده است: «pishkhan backup».",
    "This deployment was never backed up: 'pishkhan backup'.",
)
OLD = Text(
    "آخرین پشتیبان درست در {day} گرفته شده است: «pishkhan backup».",
    "The last good backup was made on {day}: 'pishkhan backup'.",
)
BESIDE = Text(
    "آخرین پشتیبان روی همان دیسک سامانه است و با آن از میان می‌رود.",
    "The last backup lies on the same disk as the deployment, and will be lost with it.",
)
LIST_BEHIND = Text("فهرست حذف‌ها در «{path}» کامل نیست.", "The list of erasures in '{path}' is not complete.")


class NotDue(Exception):
    """Another has begun today's backup meanwhile."""


def warnings() -> Iterator[Text]:
    """What is wrong with the backups of a live deployment; nothing of a demo, which can be played again."""
    found = deployment()
    if found is None or found.use != Deployment.Use.LIVE:
        return
    if found.backed_up_at is None:
        yield NEVER
    elif not timedelta(days=-1) <= clock.now() - found.backed_up_at <= LIMIT:  # ahead of now: the clock stood elsewhere
        yield OLD.filled(day=jalali(clock.day_of(found.backed_up_at)))
    elif found.backup_beside:
        yield BESIDE
    for path in erasures.behind():
        yield LIST_BEHIND.filled(path=path)


@retried
def claim(wanted: Wishes) -> bool:
    """Whether today's backup is to be made now, by whoever asks: of several who ask one is told so."""
    row = deployment()
    if row is None or not wanted.complete or not _is_due(row):
        return False
    try:
        with act(SYSTEM, "deployment.begin-backup", on=row, role=Role.SYSTEM):
            if not _is_due(row):  # the row is locked and read afresh
                raise NotDue
            row.backup_begun_at = clock.now()
    except NotDue:
        return False
    return True


@retried
def record_backup(told: dict[str, Any]) -> None:
    """Record that a backup was made and verified."""
    if row := deployment():
        with act(SYSTEM, "deployment.back-up", on=row, role=Role.SYSTEM) as entry:
            row.backed_up_at, row.backup_beside = clock.now(), told["beside"]
            entry.facts = {"name": told["name"], "entries": told["entries"], "beside": told["beside"]}


@retried
def record_rehearsal(told: dict[str, Any]) -> None:
    """Record that a backup was restored for trial, and was whole."""
    if row := deployment():
        with act(SYSTEM, "deployment.rehearse-restore", on=row, role=Role.SYSTEM) as entry:
            row.rehearsed_at = clock.now()
            entry.facts = {"name": told["name"], "entries": told["entries"]}


def _is_due(row: Deployment) -> bool:
    now = clock.now()
    made, begun = row.backed_up_at, row.backup_begun_at
    if made is not None and clock.day_of(made) == clock.day_of(now):
        return False
    return begun is None or not timedelta(0) <= now - begun < AGAIN
