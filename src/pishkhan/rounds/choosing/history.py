"""What is known of the visits that offices had: those to the office, and those to the place it was licensed for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import MADE
from pishkhan.journal.clock import day_of
from pishkhan.journal.models import Entry
from pishkhan.offices.models import Licence, Office

PLACES = (checklist.Object.OFFICE, checklist.Object.PROPOSED_PLACE)


@dataclass(frozen=True)
class Seen:
    """A visit that was made."""

    visit: UUID
    visited_on: date
    inspector: int
    passed: bool


@dataclass(frozen=True)
class History:
    """The last visit to each of some offices, by key, and since when the register knows each."""

    last: dict[int, Seen]  # who was never visited is absent
    known_since: dict[int, date]


def history_of(offices: Sequence[Office], on: date) -> History:
    """The last visits that offices had up to a day. Four queries.

    A visit to the place of a case counts for the office whose licence came of it, or that the case is about.
    """
    by_key = {office.pk: office for office in offices}
    made = Visit.objects.filter(state__in=MADE, visited_on__lte=on, superseded=False, seen__in=PLACES)
    told = "pk", "visited_on", "inspector", "passed"
    rows = [(key, *row) for key, *row in made.filter(office__in=by_key).values_list("office", *told)]
    origins = dict(
        Licence.objects.filter(office__in=by_key, origin_case__isnull=False).values_list("origin_case", "office")
    )
    subjects = {office.subject: office.pk for office in offices}
    of_cases = made.filter(Q(case__in=origins) | Q(case__about__in=subjects))
    for case, about, *row in of_cases.values_list("case", "case__about", *told):
        key = origins.get(case) or subjects.get(about)
        if key is not None:
            rows.append((key, *row))
    last: dict[int, Seen] = {}
    for key, visit, visited_on, inspector, passed in sorted(rows, key=lambda row: (row[2], row[1])):
        last[key] = Seen(visit, visited_on, inspector, passed)
    return History(last, _known_since(offices))


def _known_since(offices: Sequence[Office]) -> dict[int, date]:
    first = Entry.objects.filter(subject__in=[office.subject for office in offices], number=1)
    days = {subject: day_of(at) for subject, at in first.values_list("subject", "at")}
    return {office.pk: days[office.subject] for office in offices if office.subject in days}
