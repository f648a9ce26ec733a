"""When a result is final, and so public: once the term to object is over without one, or the objection is decided.

The term runs from the day on which the notice of the report left; of one that is served on paper, from its service.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pishkhan.inspections.checklists.terms import OBJECTION
from pishkhan.inspections.models import Finding, Objection, Visit
from pishkhan.journal.clock import day_of, today
from pishkhan.notices.models import Notice
from pishkhan.notices.selectors import served_because_of
from pishkhan.offices.models import Office, Undertaking
from pishkhan.regulation.calendar import FAR, Calendar
from pishkhan.regulation.selectors import DatedValue, Terms, number

LOOKED_AT = 12  # of an office's last visits, for one that is final


@dataclass(frozen=True)
class Finality:
    """How a visit stands towards an objection: since when the one who was visited knows, until when they may object."""

    told_on: date | None  # no term runs before
    until: date | None  # its last day
    objection: Objection | None
    final: bool


def finality_of(visits: Sequence[Visit]) -> dict[Any, Finality]:
    """How visits that were made stand, by key. Asks the same few questions however many there are."""
    keys = [visit.pk for visit in visits]
    objections = {objection.visit_id: objection for objection in Objection.objects.filter(visit__in=keys)}
    told_on = days_of_telling([visit.notice_id for visit in visits if visit.notice_id])
    days = {visit.pk: day for visit in visits if (day := told_on.get(visit.notice_id))}
    first = min(days.values(), default=today())
    calendar, terms = Calendar(first, max(days.values(), default=first) + 3 * FAR), Terms([OBJECTION])
    return {
        visit.pk: _finality(visit, days.get(visit.pk), objections.get(visit.pk), calendar, terms) for visit in visits
    }


def term_of(visit: Visit, on: date) -> DatedValue:
    """Within how many working days one may object to a visit, by the number of a day."""
    return number(OBJECTION, on=on, kind=visit.office.kind if visit.office else "", place=visit.division_id)


def public_visit(office: Office) -> Visit | None:
    """The last visit to an office whose result is public; None if none is. `.faults` and `.remedied` count."""
    made = _accepted().filter(office=office, seen=Visit.Object.OFFICE).order_by("-visited_on", "-pk")
    last = list(made.select_related("office")[:LOOKED_AT])
    finality = finality_of(last)
    shown = next((visit for visit in last if finality[visit.pk].final), None)
    if shown is not None:
        faults = [
            finding for finding in Finding.objects.filter(visit=shown).select_related("undertaking") if finding.is_fault
        ]
        shown.faults = len(faults)  # type: ignore[attr-defined]
        shown.remedied = sum(  # type: ignore[attr-defined]
            fault.undertaking is not None and fault.undertaking.state == Undertaking.State.KEPT for fault in faults
        )
    return shown


def days_of_telling(keys: Iterable[Any]) -> dict[Any, date]:
    """By notice the day on which it told of a report: it left that day, or was served, if it is to be served."""
    notices = list(Notice.objects.filter(pk__in=list(keys)))
    served = served_because_of([notice.because for notice in notices if notice.legal])
    days = {
        notice.pk: served.get(notice.because) if notice.legal else notice.sent_at and day_of(notice.sent_at)
        for notice in notices
    }
    return {key: day for key, day in days.items() if day}


def _accepted() -> QuerySet[Visit]:
    return Visit.objects.filter(state=Visit.State.ACCEPTED, superseded=False, case=None)


def _finality(
    visit: Visit, told_on: date | None, objection: Objection | None, calendar: Calendar, terms: Terms
) -> Finality:
    until = None
    if told_on is not None:
        kind = visit.office.kind if visit.office else ""
        term = terms.value(OBJECTION, on=told_on, kind=kind, place=visit.division_id)
        until = calendar.working_day_after(told_on, term, place=visit.division_id)
    over = until is not None and today() > until
    final = bool(objection.outcome) if objection is not None else over
    return Finality(told_on, until, objection, final and visit.state == Visit.State.ACCEPTED)
