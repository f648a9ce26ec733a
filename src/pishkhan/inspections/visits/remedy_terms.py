"""The days to remedy a fault run from the day on which whoever was visited knew of the report: the clock moves them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from pishkhan.inspections.models import Finding, Objection, Visit
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Refusal, Unavailable
from pishkhan.offices.models import Undertaking
from pishkhan.offices.undertakings.services import WAITING, postpone

from .follow_up import term_to_remedy
from .publication import days_of_telling


def run_from_service() -> list[Undertaking]:
    """Let the remedies that are still owed be due so many days after the report was told; none before it was."""
    moved = []
    for undertaking, due_on, known_on in list(_later_days()):
        try:
            moved.append(postpone(undertaking, due_on=due_on, served_on=known_on))
        except Unavailable:
            raise  # nobody can write: all of it waits for the next turn
        except Refusal:
            continue  # it was settled meanwhile
    return moved


def _later_days() -> Iterator[tuple[Undertaking, date, date | None]]:
    """The remedies that are due too soon, with the day on which they are, and that on which the report was told.

    What is not told yet is never overdue: on its last day it begins anew.
    """
    rows = list(
        Finding.objects.filter(
            undertaking__kind=Undertaking.Kind.REMEDY, undertaking__state__in=WAITING, visit__notice__isnull=False
        )
        .select_related("undertaking", "visit__office", "visit__division")
        .order_by("pk")
    )
    known = _days_known(row.visit for row in rows)
    for row in rows:
        undertaking, on = row.undertaking, known.get(row.visit_id)
        if undertaking is None or (on is None and undertaking.due_on > today()):
            continue
        due_on = (on or today()) + timedelta(days=term_to_remedy(row.visit, row.severity).value)
        if due_on > undertaking.due_on:
            yield undertaking, due_on, on


def _days_known(visits: Iterable[Visit]) -> dict[UUID, date]:
    """By visit, the day on which whoever was visited knew of the report: who objected knew at the latest then."""
    seen = {visit.pk: visit for visit in visits}
    days = days_of_telling(visit.notice_id for visit in seen.values())
    known = {key: days[visit.notice_id] for key, visit in seen.items() if visit.notice_id in days}
    for objection in Objection.objects.filter(visit__in=seen):
        known[objection.visit_id] = min(objection.lodged_on, known.get(objection.visit_id, objection.lodged_on))
    return known
