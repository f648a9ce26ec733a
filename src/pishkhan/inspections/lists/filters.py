"""Lists of visits and of what they look at: what is sought, and which answer it. Pages, counts, exports, API ask it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from pishkhan.geography.selectors import lying_in
from pishkhan.inspections.checklists.checklist import Severity
from pishkhan.inspections.checklists.selectors import edition
from pishkhan.inspections.models import Finding, Machine, Objection, Visit
from pishkhan.inspections.visits.selectors import MADE, faults_that_stand
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.offices.models import Office, Undertaking
from pishkhan.offices.selectors import active_offices
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places, within

NEVER, LONG = "never", "long"
LONG_AGO = timedelta(days=183)  # half a year: who was last visited before it stands in the list of long ago
AHEAD = timedelta(days=14)  # of the plan


def offices_by_last_visit(person: Person) -> QuerySet[Any]:
    """The active offices of one's region, the never visited first, then the longest ago; `.last_on` says when."""
    offices = active_offices(today()).filter(in_places(person))
    last = Visit.objects.filter(office=OuterRef("pk"), seen=Visit.Object.OFFICE, state__in=MADE).order_by("-visited_on")
    rows = offices.annotate(last_on=Subquery(last.values("visited_on")[:1]))
    return rows.order_by(F("last_on").asc(nulls_first=True), "code")


def visits_planned(person: Person, from_on: date, to_on: date, *, mine: bool = False) -> QuerySet[Visit]:
    """The visits of one's region (or one's own) that are to be made from one day to another, by day."""
    rows = Visit.objects.filter(in_places(person), state=Visit.State.ASSIGNED, planned_on__range=(from_on, to_on))
    if mine:
        rows = rows.filter(inspector=person)
    return rows.order_by("planned_on", "inspector", "pk")


def visits_overdue(person: Person) -> QuerySet[Visit]:
    """The visits of one's region whose day has passed without a report."""
    return within(Visit.objects.filter(state=Visit.State.ASSIGNED, planned_on__lt=today()), person)


def reports_to_accept(person: Person) -> QuerySet[Visit]:
    """The reports that wait for an expert of their region, the oldest first."""
    return Visit.objects.filter(in_places(person, [Role.EXPERT]), state=Visit.State.SUBMITTED).order_by("submitted_at")


def objections_to_decide(person: Person) -> QuerySet[Objection]:
    """The objections that wait for an expert of their region, the oldest first."""
    return Objection.objects.filter(in_places(person, [Role.EXPERT]), outcome="").order_by("lodged_on", "pk")


def faults_to_follow(on: date) -> QuerySet[Finding]:
    """The faults that want somebody to go and look: what is said to be remedied of critical ones, and what is overdue.

    Those of which a follow-up visit was asked for since are not among them. Upper floors may open cases from it.
    """
    waits = Q(undertaking__state__in=[Undertaking.State.OPEN, Undertaking.State.SHOWN])
    overdue = waits & Q(undertaking__due_on__lt=on)
    to_be_seen = Q(undertaking__state=Undertaking.State.KEPT, severity=Severity.CRITICAL)
    followed = Visit.objects.filter(follows__isnull=False).exclude(state=Visit.State.CANCELLED).values("follows")
    return (
        faults_that_stand()
        .filter(overdue | to_be_seen)
        .exclude(visit__in=followed)
        .order_by("undertaking__due_on", "pk")
    )


def faults_to_follow_by(person: Person) -> QuerySet[Finding]:
    """Those of one's region."""
    return faults_to_follow(today()).filter(in_visits_of(person))


def findings_of_visit(visit: Visit) -> QuerySet[Finding]:
    """What a visit found, with what became of it: for whoever opens a case from it."""
    return Finding.objects.filter(visit=visit).select_related("undertaking").order_by("pk")


@dataclass(frozen=True)
class Remedy:
    """Of what an undertaking is the remedy: an item of the checklist, as the visit that found it wanting asked it."""

    item: Text
    visit: UUID


def remedies_of(undertakings: Iterable[Undertaking]) -> dict[int, Remedy]:
    """Of what some undertakings are the remedy, by key; those that no visit made are absent. One query."""
    rows = Finding.objects.filter(undertaking__in=[undertaking.pk for undertaking in undertakings]).select_related(
        "visit"
    )
    return {
        row.undertaking_id: Remedy(edition(row.visit.edition).item(row.item).text, row.visit_id)
        for row in rows
        if row.undertaking_id
    }


def in_visits_of(person: Person) -> Q:
    """Findings whose visit lies where a person holds a role."""
    seen = Q(pk__in=())
    for assignment in person.assignments_today:
        if assignment.role != Role.REPRESENTATIVE:
            seen |= lying_in(assignment.place, field="visit__division")
    return seen


def machines_seen_by(person: Person) -> QuerySet[Machine]:
    """The ATMs and booths of one's region."""
    return within(Machine.objects.all(), person)


def visits_shown_to(office: Office, from_on: date) -> QuerySet[Visit]:
    """The visits to an office that were made since a day, newest first: what its holder and manager see."""
    return Visit.objects.filter(office=office, state__in=MADE, visited_on__gte=from_on).order_by("-visited_on", "-pk")
